import { ChartProblem, type ChartProblemCode } from './problem.ts'

/** Languages of the messages. */
export type ProblemLanguage = 'en-US' | 'zh-CN'

/**
 * Message of every problem in both languages, with placeholders for its details. `{expected}` and `{cause}` are
 * translated first: a kind of value, and the message of the problem inside a subchart.
 */
export const problemMessages: Record<ProblemLanguage, Record<ChartProblemCode, string>> = {
  'en-US': {
    'not-gzip': 'This is not a gzip file. Send a chart package as “helm package” makes it (.tgz).',
    'damaged-archive': 'The archive is damaged or incomplete. Package the chart again, then send it again.',
    'empty-archive': 'The archive contains no files. Package the folder that holds Chart.yaml.',
    'too-many-entries':
      'The archive holds more than {limit} entries. Keep what the chart does not need out of it with .helmignore.',
    'file-too-large':
      '“{path}” is larger than {limit} when unpacked, and helm refuses such files. Make it smaller or leave it out.',
    'archive-too-large':
      'The archive is larger than {limit} when unpacked. Keep what the chart does not need out of it with .helmignore.',
    'too-much-yaml':
      'Chart.yaml, values.yaml and the like, those of subcharts included, are larger than {limit} together. Move data out of them.',
    'over-budget':
      'Reading “{path}” takes more time or memory than a chart is allowed. Make it smaller and simpler: fewer entries, fewer aliases, every line indented.',
    'metadata-too-large':
      'Chart.yaml and requirements.yaml together hold more than {limit}. Shorten descriptions, lists and annotations.',
    'chart-yaml-missing':
      'Chart.yaml is missing. It must be directly inside the one folder at the top of the archive, as in “mychart/Chart.yaml”.',
    'outside-base-directory':
      '“{path}” is not inside a folder. Everything in a chart archive must be in one folder, as in “mychart/Chart.yaml”.',
    'parent-directory': '“{path}” leads out of the chart through “..”. Package the chart without such paths.',
    'absolute-path':
      '“{path}” is an absolute path inside the chart. Package the chart with paths relative to its folder.',
    'illegal-file-name': '“{path}” begins with a drive letter. Package the chart with paths relative to its folder.',
    'chart-yaml-syntax': '{path} is not valid YAML: {reason}. Correct it and package the chart again.',
    'chart-yaml-field': 'In {path}, “{field}” must be {expected}. Correct it and package the chart again.',
    'name-missing': 'Chart.yaml has no name. Add “name” and package the chart again.',
    'name-invalid': 'The chart name “{name}” cannot be used: it must not contain “/” and must not be “.” or “..”.',
    'version-missing': 'Chart.yaml has no version. Add “version” and package the chart again.',
    'version-invalid': 'The version “{version}” is not a semantic version. Use one such as 1.2.3 or 1.2.3-rc.1.',
    'type-invalid': 'The chart type “{type}” does not exist. Use “application” or “library”, or leave “type” out.',
    'maintainer-empty': 'The list of maintainers in Chart.yaml has an empty entry. Fill it in or remove it.',
    'dependency-empty': 'The list of dependencies in Chart.yaml has an empty entry. Fill it in or remove it.',
    'dependency-alias-invalid':
      'The alias “{alias}” of the dependency “{name}” may only have letters without accents, digits, “_” and “-”.',
    'dependency-duplicate':
      'More than one dependency has the name or alias “{name}”. Give each of them an alias of its own.',
    'values-syntax': '{path} cannot be read: {reason}. It must be a YAML map, or empty.',
    'lock-syntax': '{path} cannot be read: {reason}. Run “helm dependency update” to create it again.',
    'subchart-broken': 'The subchart “{subchart}” cannot be loaded. {cause}',
    'subcharts-too-deep': 'Subcharts are nested more than {limit} levels deep. Nest them less deeply.',
    'file-name-unsafe':
      '“{name}” in version “{version}” would not make a safe file name. Leave slashes, backslashes and control characters out of the name.',
    'helmignore-invalid':
      '“{rule}” in .helmignore is not a pattern that helm accepts: “**” is not supported, and every “[” needs a “]”. Correct it and try again.',
    'provenance-not-signed':
      'This is not a provenance file: it has no clear-signed PGP message. Make one with “helm package --sign”.',
    'provenance-syntax':
      'The signed text of the provenance file cannot be read: {reason}. Create it again with “helm package --sign”.',
    'provenance-other-file':
      'The provenance file does not list “{fileName}”. Choose the .prov file that was made with this chart.',
    'provenance-other-digest':
      'The provenance file was made for other contents of “{fileName}”: its SHA-256 differs. Choose the .prov file that was made with this exact archive.',
  },
  'zh-CN': {
    'not-gzip': '这不是 gzip 文件。请上传由“helm package”生成的 Chart 包（.tgz）。',
    'damaged-archive': 'Chart 包已损坏或不完整。请重新打包后再上传。',
    'empty-archive': 'Chart 包中没有任何文件。请对包含 Chart.yaml 的文件夹打包。',
    'too-many-entries': 'Chart 包中的条目超过 {limit} 个。请通过 .helmignore 排除 Chart 不需要的文件。',
    'file-too-large': '“{path}”解压后超过 {limit}，helm 会拒绝这样的文件。请缩小该文件或将其移出 Chart。',
    'archive-too-large': 'Chart 包解压后超过 {limit}。请通过 .helmignore 排除 Chart 不需要的文件。',
    'too-much-yaml': 'Chart.yaml、values.yaml 等文件（包括子 Chart 中的）合计超过 {limit}。请将其中的数据移出。',
    'over-budget':
      '读取“{path}”所需的时间或内存超过了对 Chart 的限制。请精简该文件：减少条目和别名，并正确缩进每一行。',
    'metadata-too-large': 'Chart.yaml 和 requirements.yaml 的内容合计超过 {limit}。请缩短描述、列表和注解。',
    'chart-yaml-missing': '缺少 Chart.yaml。它必须直接位于包内最外层的文件夹中，例如“mychart/Chart.yaml”。',
    'outside-base-directory':
      '“{path}”不在任何文件夹中。Chart 包的所有内容都必须放在同一个文件夹里，例如“mychart/Chart.yaml”。',
    'parent-directory': '“{path}”通过“..”指向 Chart 之外。请去掉这类路径后重新打包。',
    'absolute-path': '“{path}”在 Chart 内使用了绝对路径。请使用相对于 Chart 文件夹的路径重新打包。',
    'illegal-file-name': '“{path}”以盘符开头。请使用相对于 Chart 文件夹的路径重新打包。',
    'chart-yaml-syntax': '{path} 不是有效的 YAML：{reason}。请修正后重新打包。',
    'chart-yaml-field': '{path} 中的“{field}”必须是{expected}。请修正后重新打包。',
    'name-missing': 'Chart.yaml 中没有名称。请填写“name”后重新打包。',
    'name-invalid': 'Chart 名称“{name}”不可用：名称不能包含“/”，也不能是“.”或“..”。',
    'version-missing': 'Chart.yaml 中没有版本号。请填写“version”后重新打包。',
    'version-invalid': '“{version}”不是语义化版本号。请使用类似 1.2.3 或 1.2.3-rc.1 的版本号。',
    'type-invalid': 'Chart 类型“{type}”不存在。请使用“application”或“library”，或者不填写“type”。',
    'maintainer-empty': 'Chart.yaml 的维护者列表中有空项。请补全或删除该项。',
    'dependency-empty': 'Chart.yaml 的依赖列表中有空项。请补全或删除该项。',
    'dependency-alias-invalid': '依赖“{name}”的别名“{alias}”只能包含英文字母、数字、“_”和“-”。',
    'dependency-duplicate': '有多个依赖使用了相同的名称或别名“{name}”。请为它们分别设置不同的别名。',
    'values-syntax': '无法读取 {path}：{reason}。其内容必须是 YAML 映射，或者为空。',
    'lock-syntax': '无法读取 {path}：{reason}。请运行“helm dependency update”重新生成。',
    'subchart-broken': '无法加载子 Chart“{subchart}”。{cause}',
    'subcharts-too-deep': '子 Chart 嵌套超过 {limit} 层。请减少嵌套层数。',
    'file-name-unsafe': '“{name}”的版本“{version}”无法构成安全的文件名。名称中请勿使用斜杠、反斜杠或控制字符。',
    'helmignore-invalid':
      '.helmignore 中的“{rule}”不是 helm 支持的写法：不支持“**”，且每个“[”都要有对应的“]”。请修正后重试。',
    'provenance-not-signed': '这不是 Prov 文件：其中没有 PGP 明文签名。请使用“helm package --sign”生成。',
    'provenance-syntax': '无法读取 Prov 文件的签名内容：{reason}。请使用“helm package --sign”重新生成。',
    'provenance-other-file': '该 Prov 文件中没有“{fileName}”。请选择与此 Chart 一同生成的 .prov 文件。',
    'provenance-other-digest':
      '该 Prov 文件对应的是“{fileName}”的另一份内容：SHA-256 不一致。请选择与此 Chart 包一同生成的 .prov 文件。',
  },
}

const expectedWords: Record<ProblemLanguage, Record<string, string>> = {
  'en-US': { text: 'a text', boolean: 'true or false', list: 'a list', map: 'a map', time: 'a time' },
  'zh-CN': { text: '文本', boolean: 'true 或 false', list: '列表', map: '映射', time: '时间' },
}

/** Returns the message of a problem. A placeholder without a detail stays as it is. */
export function problemMessage(problem: ChartProblem, language: ProblemLanguage): string {
  const details = inWords(problem, language)
  return problemMessages[language][problem.code].replace(/\{(\w+)\}/g, (whole, key: string) =>
    shortened(details[key] ?? whole),
  )
}

/** Shortens a name or path for a message: it may be a mebibyte long. */
export function shortened(text: string): string {
  return text.length > longestDetail ? `${text.slice(0, longestDetail)}…` : text
}

const longestDetail = 500

function inWords(problem: ChartProblem, language: ProblemLanguage): Record<string, string> {
  const { expected, cause, ...details } = problem.details
  if (expected !== undefined) Object.assign(details, { expected: expectedWords[language][expected] ?? expected })
  if (cause !== undefined && isProblemCode(cause)) {
    Object.assign(details, { cause: problemMessage(new ChartProblem(cause, details), language) })
  }
  return details
}

function isProblemCode(word: string): word is ChartProblemCode {
  return Object.hasOwn(problemMessages['en-US'], word)
}
