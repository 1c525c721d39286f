import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml'
import type { Budget } from './budget.ts'
import { YamlError } from './yaml-error.ts'

/** A node of a YAML document, before scalars are resolved to values. */
export type YamlNode =
  | { kind: 'scalar'; text: string; tag: string; plain: boolean }
  | { kind: 'sequence'; children: YamlNode[] }
  | { kind: 'mapping'; children: YamlNode[] }
  | { kind: 'alias'; target: YamlNode }

/**
 * Parses the first document into nodes; undefined for an empty text. A mapping's children are key, value, key, value, …
 * @throws YamlError, YAMLException, BudgetError
 */
export function readNodes(text: string, budget: Budget): YamlNode | undefined {
  const document = firstDocument(text)
  if (unreadable.test(document)) throw new YamlError('it contains control characters')
  const { source, events } = parseLeniently(document, budget)
  return toNodes(source, events)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finds control characters
const unreadable = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

/** Cuts off everything after the first document: helm does not read it, so it may be invalid. */
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

/** Maximum nesting: far above what people write, and below what overflows the stack of a browser. */
export const maxDepth = 1000

/**
 * Parses with js-yaml, but where it is stricter than go-yaml about texts that real charts contain, repairs the text and
 * parses again.
 *
 * As YAML 1.2 demands, js-yaml expects the lines of a flow collection or a quoted text to be indented deeper than their
 * parent; charts have `limits: {` with its `}` right below. Space has no meaning there, so the indentation is widened.
 * And go-yaml ends the document at a line further to the left than its first line.
 */
function parseLeniently(document: string, budget: Budget): { source: string; events: Event[] } {
  budget.spend(documentCost)
  for (let source = document; ; ) {
    budget.spend(source.length)
    try {
      return { source, events: parseEvents(source, { maxDepth }) }
    } catch (error) {
      const repaired = error instanceof YAMLException ? repair(source, error) : null
      if (repaired === null) throw error
      source = repaired
    }
  }
}

/** Cost of each document, even an empty one: a text may contain millions of them. */
const documentCost = 50

function repair(source: string, { reason, mark }: YAMLException): string | null {
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

/** Start of the spaces and tabs before `end`, in linear time; a regular expression would be quadratic on long runs. */
function startOfSpace(source: string, end: number): number {
  let start = end
  while (start > 0 && ' \t'.includes(source[start - 1] ?? '')) start--
  return start
}

/** Whether go-yaml accepts this character after the end of the document: it still scans one token. */
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

/** Refuses escapes that js-yaml accepts and go-yaml does not: invalid code points and `\/`. */
function checkEscapes(source: string, { valueStart, valueEnd }: { valueStart: number; valueEnd: number }): void {
  for (const [sequence, short, long] of source.slice(valueStart, valueEnd).matchAll(/\\(?:u(.{4})|U(.{8})|[\s\S])/g)) {
    const code = Number.parseInt(short ?? long ?? '0', 16)
    const isCharacter = code < 0xd800 || (code > 0xdfff && code <= 0x10ffff)
    if (!isCharacter || sequence === '\\/') throw new YamlError(`“${sequence}” is not a valid escape`)
  }
}
