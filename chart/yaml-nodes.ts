import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml'
import type { Effort } from './effort.ts'
import { YamlError } from './yaml-error.ts'

/** A part of a YAML text, before anything is said about what it means. */
export type YamlNode =
  | { kind: 'scalar'; text: string; tag: string; plain: boolean }
  | { kind: 'sequence'; children: YamlNode[] }
  | { kind: 'mapping'; children: YamlNode[] }
  | { kind: 'alias'; target: YamlNode }

/**
 * The root of the first document; undefined for an empty text. A mapping's children are key, value, key, value, …
 * @throws YamlError, YAMLException, EffortError
 */
export function readNodes(text: string, effort: Effort): YamlNode | undefined {
  const document = firstDocument(text)
  if (unreadable.test(document)) throw new YamlError('there are control characters in it')
  const { source, events } = parseLeniently(document, effort)
  return toNodes(source, events)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unreadable = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

/** helm never looks at what follows the first document, and there may be anything. */
function firstDocument(text: string): string {
  let started = false
  for (const line of text.matchAll(/^.*$/gm)) {
    const marker = /^(?:---|\.\.\.)(?:\s|$)/.test(line[0])
    if (marker && started) return text.slice(0, line.index)
    if (!started && line[0].startsWith('%')) checkDirective(line[0])
    else if (!/^\uFEFF?\s*(?:#.*)?$/.test(line[0])) started = true
  }
  return text
}

function checkDirective(line: string): void {
  if (!/^%(?:YAML\s+1\.1\s*(?:#.*)?$|TAG\s)/.test(line)) throw new YamlError('only YAML 1.1 is understood')
}

/** Far above what people write and below what the stack of a browser bears. */
export const maxDepth = 1000

/**
 * Parses where js-yaml is stricter than go-yaml in what charts really have, by mending the text and parsing again.
 *
 * js-yaml wants the lines of a flow collection or a quoted text indented deeper than what they belong to, as YAML 1.2
 * has it; charts have `limits: {` with its `}` right below. Space does not matter there, so that at fault is widened.
 * And go-yaml takes lines further to the left than the first for the end of the document.
 */
function parseLeniently(document: string, effort: Effort): { source: string; events: Event[] } {
  effort.spend(costOfDocument)
  for (let source = document; ; ) {
    effort.spend(source.length)
    try {
      return { source, events: parseEvents(source, { maxDepth }) }
    } catch (error) {
      const mended = error instanceof YAMLException ? mend(source, error) : null
      if (mended === null) throw error
      source = mended
    }
  }
}

/** What even an empty document costs: a text may hold millions of them. */
const costOfDocument = 50

function mend(source: string, { reason, mark }: YAMLException): string | null {
  const position = mark?.position ?? 0
  const start = startOfSpace(source, position)
  const kept = source.slice(0, start)
  const width = position - start
  const startsLine = start === 0 || '\r\n'.includes(source[start - 1] ?? '')
  switch (reason) {
    case 'end of the stream or a document separator is expected':
      return startsLine && width < rootIndent(kept) && canStartToken(source[position]) ? kept : null
    case 'deficient indentation': {
      const wider = ' '.repeat(startsLine ? maxDepth : width)
      return wider === source.slice(start, position) ? null : kept + wider + source.slice(position)
    }
    default:
      return null
  }
}

/** Where the spaces and tabs begin that end at `end`. A pattern would look at each run of them again from each of its places. */
function startOfSpace(source: string, end: number): number {
  let start = end
  while (start > 0 && ' \t'.includes(source[start - 1] ?? '')) start--
  return start
}

/** go-yaml reads on for one token, though it makes nothing of it. */
function canStartToken(character = ''): boolean {
  return !'%@`|>\t'.includes(character)
}

function rootIndent(source: string): number {
  return /^( *)(?![ \r\n#%]|---|$)/m.exec(source)?.[1]?.length ?? 0
}

function toNodes(source: string, events: Event[]): YamlNode | undefined {
  const root: YamlNode[] = []
  const open: YamlNode[][] = []
  const anchors = new Map<string, YamlNode>()
  let handles = new Map<string, string>()
  const add = (node: YamlNode, anchored?: { anchorStart: number; anchorEnd: number }) => {
    open.at(-1)?.push(node)
    if (anchored && anchored.anchorStart >= 0) {
      anchors.set(source.slice(anchored.anchorStart, anchored.anchorEnd), node)
    }
  }
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        handles = new Map(event.directives.flatMap((one) => (one.kind === 'tag' ? [[one.handle, one.prefix]] : [])))
        open.push(root)
        break
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING: {
        const children: YamlNode[] = []
        add(event.type === EVENT_ID.SEQUENCE ? { kind: 'sequence', children } : { kind: 'mapping', children }, event)
        open.push(children)
        break
      }
      case EVENT_ID.SCALAR: {
        const text = getScalarValue(source, event)
        if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast) checkEscapes(source, event)
        const rawTag = event.tagStart < 0 ? '' : source.slice(event.tagStart, event.tagEnd)
        const plain = rawTag === '!' || (rawTag === '' && event.style === SCALAR_STYLE.PLAIN)
        add({ kind: 'scalar', text, tag: fullTag(rawTag, handles), plain }, event)
        break
      }
      case EVENT_ID.ALIAS: {
        const name = source.slice(event.anchorStart, event.anchorEnd)
        const target = anchors.get(name)
        if (!target) throw new YamlError(`there is no anchor “${name}”`)
        add({ kind: 'alias', target })
        break
      }
      case EVENT_ID.POP:
        open.pop()
        break
    }
  }
  return root[0]
}

function fullTag(raw: string, handles: Map<string, string>): string {
  if (raw === '' || raw === '!') return raw
  if (raw.startsWith('!<')) return raw.slice(2, -1)
  const handle = /^!(?:[^!]*!)?/.exec(raw)?.[0] ?? '!'
  const standard = handle === '!!' ? 'tag:yaml.org,2002:' : handle
  return (handles.get(handle) ?? standard) + raw.slice(handle.length)
}

/** js-yaml makes characters out of escapes that name none, and knows one that go-yaml does not. */
function checkEscapes(source: string, { valueStart, valueEnd }: { valueStart: number; valueEnd: number }): void {
  for (const [sequence, short, long] of source.slice(valueStart, valueEnd).matchAll(/\\(?:u(.{4})|U(.{8})|[\s\S])/g)) {
    const code = Number.parseInt(short ?? long ?? '0', 16)
    const isCharacter = code < 0xd800 || (code > 0xdfff && code <= 0x10ffff)
    if (!isCharacter || sequence === '\\/') throw new YamlError(`“${sequence}” stands for no character`)
  }
}
