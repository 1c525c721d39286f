import { YAMLException } from 'js-yaml'
import { Budget } from './budget.ts'
import { floatText } from './float-text.ts'
import { YamlError } from './yaml-error.ts'
import { maxDepth, readNodes, type YamlNode } from './yaml-nodes.ts'
import { resolveScalar, type YamlScalar } from './yaml-scalar.ts'

/** A YAML value as helm sees it before decoding fields: keys are texts, and the last of duplicate keys wins. */
export type YamlValue = YamlScalar | YamlValue[] | YamlMap
export type YamlMap = Map<string, YamlValue>

/**
 * Reads the first document of a text; null if it is empty. Aliases are resolved, so the result has no cycles, and refused
 * when most of the document would come from them.
 *
 * js-yaml parses the structure; values are resolved here, because helm reads YAML 1.1 through go-yaml v2: later keys win,
 * merged or not, unknown tags are ignored, `yes` is true, `010` is eight.
 * @throws YamlError, BudgetError
 * Source: go-yaml v2 `decode.go`; sigs.k8s.io/yaml `convertToJSONableObject`.
 */
export function readYaml(text: string, budget: Budget = new Budget()): YamlValue {
  try {
    const root = readNodes(text, budget)
    return root ? new Decoder(budget).decode(root) : null
  } catch (error) {
    throw error instanceof YAMLException ? new YamlError(describe(error)) : error
  }
}

function describe({ reason, mark }: YAMLException): string {
  return mark ? `${reason} (line ${mark.line + 1})` : reason
}

/** Converts nodes to values, counting as go-yaml does so that aliases cannot expand a small text into a large one. */
class Decoder {
  private readonly budget: Budget
  private decoded = 0
  private throughAliases = 0
  private aliasDepth = 0
  private readonly expanding = new Set<YamlNode>()
  private depth = 0

  constructor(budget: Budget) {
    this.budget = budget
  }

  decode(node: YamlNode): YamlValue {
    this.count()
    // Aliases can nest deeper than the text.
    if (++this.depth > maxDepth) throw new YamlError('it is nested too deeply')
    const value = this.valueOf(node)
    this.depth--
    return value
  }

  private valueOf(node: YamlNode): YamlValue {
    switch (node.kind) {
      case 'alias':
        return this.alias(node)
      case 'sequence':
        return node.children.map((child) => this.decode(child))
      case 'mapping':
        return this.mapping(node.children, new Map())
      case 'scalar':
        return scalarValue(node)
    }
  }

  private count(): void {
    this.budget.spend(1)
    this.decoded++
    if (this.aliasDepth > 0) this.throughAliases++
    const ratio = this.throughAliases / this.decoded
    if (this.throughAliases > 100 && this.decoded > 1000 && ratio > allowedAliasRatio(this.decoded)) {
      throw new YamlError('too much of it comes from aliases')
    }
  }

  private alias(node: YamlNode & { kind: 'alias' }): YamlValue {
    return this.throughAlias(node, () => this.decode(node.target))
  }

  private throughAlias<T>(node: YamlNode & { kind: 'alias' }, decode: () => T): T {
    if (this.expanding.has(node)) throw new YamlError('an anchor contains itself')
    this.expanding.add(node)
    this.aliasDepth++
    const value = decode()
    this.aliasDepth--
    this.expanding.delete(node)
    return value
  }

  private mapping(children: YamlNode[], into: YamlMap): YamlMap {
    for (let index = 0; index + 1 < children.length; index += 2) {
      const key = children[index] as YamlNode // within bounds
      const value = children[index + 1] as YamlNode // within bounds
      if (isMergeKey(key)) this.merge(value, into)
      else into.set(keyText(this.decode(key)), this.decode(value))
    }
    return into
  }

  private merge(source: YamlNode, into: YamlMap): void {
    // The first of several must win, so it is merged last.
    if (source.kind === 'sequence') for (const one of source.children.toReversed()) this.mergeOne(one, into)
    else this.mergeOne(source, into)
  }

  private mergeOne(source: YamlNode, into: YamlMap): void {
    this.count()
    if (source.kind === 'mapping') {
      this.mapping(source.children, into)
      return
    }
    if (source.kind !== 'alias' || source.target.kind !== 'mapping') throw new YamlError('only maps can be merged')
    const { target } = source
    this.throughAlias(source, () => {
      this.count()
      this.mapping(target.children, into)
    })
  }
}

function allowedAliasRatio(decoded: number): number {
  const [low, high] = [400_000, 4_000_000]
  if (decoded <= low) return 0.99
  return decoded >= high ? 0.1 : 0.99 - (0.89 * (decoded - low)) / (high - low)
}

function scalarValue({ text, tag, plain }: YamlNode & { kind: 'scalar' }): YamlScalar {
  if (tag === '' && !plain) return text
  const value = resolveScalar(tag, text)
  if (value === undefined) throw new YamlError(`“${text.slice(0, 100)}” does not fit its tag`)
  return value
}

function isMergeKey(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.text === '<<' && (node.plain || node.tag === 'tag:yaml.org,2002:merge')
}

/** Converts a key to text. helm refuses keys that have no text. */
function keyText(key: YamlValue): string {
  if (key === null || typeof key === 'object') throw new YamlError('a key is neither a text nor a number')
  if (typeof key === 'bigint' && key >= 2n ** 63n) throw new YamlError('a number used as a key is too large')
  if (typeof key === 'number')
    return floatText(key)
      .replace(/^\+?(-?)Inf$/, '$1.inf')
      .replace('NaN', '.nan')
  return String(key)
}
