/** Visible part of a rendered line of text. */
interface Line {
  readonly text: string
  readonly parent: Element
  readonly layer: Element
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Edges that text is cut at, whether cutting it at the side hides it without a sign, and the layer it is drawn on. */
interface Surroundings {
  readonly clip: { left: number; right: number; top: number; bottom: number; cuts: boolean }
  readonly layer: Element
}

/**
 * Finds layout problems that axe does not detect, each described in one line. Runs in the browser, so it must not use
 * anything outside this function.
 */
export async function findLayoutProblems(): Promise<string[]> {
  // Two frames, because resize observers may render again after the first.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const problems = new Set<string>()
  const lines: Line[] = []
  const page: Surroundings = {
    clip: {
      left: 0,
      right: window.innerWidth,
      top: Number.NEGATIVE_INFINITY,
      bottom: Number.POSITIVE_INFINITY,
      cuts: true,
    },
    layer: document.body,
  }
  const knownSurroundings = new Map<Element, Surroundings>()
  const quote = (text: string) => `“${text.trim().slice(0, 40)}”`

  const excess = document.documentElement.scrollWidth - window.innerWidth
  if (excess > 0) problems.add(`the page scrolls sideways by ${excess} px`)

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) readText(texts.currentNode)
  findOverlaps()
  findEmptiness()
  return [...problems]

  function readText(node: Node) {
    const text = node.textContent ?? ''
    const parent = node.parentElement
    if (!text.trim() || !parent?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return
    const box = parent.getBoundingClientRect()
    if (box.width <= 1 || parent.closest('script, style, noscript, svg, [popover]:not(:popover-open)')) return
    const range = document.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0)
    if (rects.length === 0) return
    const em = Number.parseFloat(getComputedStyle(parent).fontSize)
    const rows = new Set(rects.map(({ top }) => Math.round(top))).size
    const room = roomOf(parent)
    if (text.trim().length > 3 && rows > 1 && room < 3 * em) {
      problems.add(`${quote(text)} has ${Math.round(room)} px and takes ${rows} lines`)
    }
    if (rows > 1) findBrokenWords(node, text)
    const { clip, layer } = surroundings(parent)
    for (const rect of rects) {
      const left = Math.max(rect.left, clip.left)
      const right = Math.min(rect.right, clip.right)
      const top = Math.max(rect.top, clip.top)
      const bottom = Math.min(rect.bottom, clip.bottom)
      if (clip.cuts && (rect.right > clip.right + 2 || rect.left < clip.left - 2) && bottom > top) {
        problems.add(`${quote(text)} is cut off at the side`)
      }
      if (right > left && bottom > top) lines.push({ text, parent, layer, left, right, top, bottom })
    }
  }

  /** Width available to lines of text, in pixels: that of the containing block without padding. */
  function roomOf(element: Element): number {
    const style = getComputedStyle(element)
    if (style.display === 'inline' && element.parentElement) return roomOf(element.parentElement)
    return element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)
  }

  /** Ordinary words must not break across lines; only names, digests and code may break anywhere. */
  function findBrokenWords(node: Node, text: string) {
    const range = document.createRange()
    for (const { 0: word, index } of text.matchAll(/(?<![^\s(“])[A-Za-z]{2,14}(?=[.,:;!?)”]*(?:\s|$))/g)) {
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const tops = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top))
      if (new Set(tops).size > 1) problems.add(`the word ${quote(word)} is broken`)
    }
  }

  /** Clipping ancestors of an element, and its layer: the page, or an overlay such as a dialog. */
  function surroundings(element: Element | null): Surroundings {
    if (!element || element === document.body) return page
    const known = knownSurroundings.get(element)
    if (known) return known
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    const outer = style.position === 'fixed' ? page : surroundings(element.parentElement)
    const clip = { ...outer.clip }
    if (style.overflowX !== 'visible' && style.display !== 'inline') {
      // An ellipsis shows that text is cut, and a title has the whole text.
      if (style.textOverflow === 'ellipsis' || element.closest('.ant-select, input')) clip.cuts = false
      clip.left = Math.max(clip.left, box.left)
      clip.right = Math.min(clip.right, box.right)
    }
    if (style.overflowY !== 'visible' && style.display !== 'inline') {
      clip.top = Math.max(clip.top, box.top)
      clip.bottom = Math.min(clip.bottom, box.bottom)
    }
    // Only popups of selects and menus have a z-index this high.
    const lifted = style.position === 'absolute' && Number(style.zIndex) >= 1000
    const isLayer =
      lifted || ['fixed', 'sticky'].includes(style.position) || element.matches('dialog, [popover], [role="dialog"]')
    const found = { clip, layer: isLayer ? element : outer.layer }
    knownSurroundings.set(element, found)
    return found
  }

  function findOverlaps() {
    const sorted = lines.toSorted((a, b) => a.top - b.top)
    for (const [index, a] of sorted.entries()) {
      for (const b of sorted.slice(index + 1)) {
        // The box of a line is taller than its glyphs.
        if (b.top >= a.bottom) break
        // A text that ends in an ellipsis has a second box, for the hidden part.
        if (a.layer !== b.layer || (a.parent === b.parent && a.text === b.text)) continue
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (height < 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top)) continue
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        if (width > 2) problems.add(`${quote(a.text)} and ${quote(b.text)} lie over each other`)
        else if (width > -1) findRunTogether(...(a.left < b.left ? ([a, b] as const) : ([b, a] as const)))
      }
    }
  }

  function findRunTogether(before: Line, after: Line) {
    if (before.parent === after.parent || before.parent.closest('pre, mark') || after.parent.closest('pre, mark'))
      return
    if (/[A-Za-z0-9]$/.test(before.text) && /^[A-Za-z0-9]/.test(after.text)) {
      problems.add(`${quote(before.text)} and ${quote(after.text)} run together`)
    }
  }

  /** Tall pages must contain much text; otherwise something squeezes it. */
  function findEmptiness() {
    const main = document.querySelector('main')
    const height = document.documentElement.scrollHeight
    if (!main || height < 2.5 * window.innerHeight) return
    const drawn = lines.filter(({ parent }) => main.contains(parent))
    const covered = drawn.reduce((sum, { left, right, top, bottom }) => sum + (right - left) * (bottom - top), 0)
    const share = covered / (main.clientWidth * main.clientHeight)
    // Long lists reach 7 % where no Chinese font is installed; squeezed pages stay far below 5 %.
    if (share < 0.05) {
      problems.add(`the page is ${height} px tall, and text covers ${Math.round(share * 100)} % of it`)
    }
  }
}
