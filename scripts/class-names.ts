// Compares the classes of every CSS module with their uses: to TypeScript every name is a class, and CSS keeps any.
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Problems of the CSS below `folder`, one line each: unknown classes, unused classes, and files that are not modules,
 * except those of `globalFiles`.
 */
export function classNameProblems(folder: string, globalFiles: readonly string[] = []): string[] {
  const problems: string[] = []
  const modules = new Map<string, { file: string; classes: Set<string>; used: Set<string> }>()
  for (const file of globSync('**/*.css', { cwd: folder })) {
    const path = resolve(folder, file)
    if (file.endsWith('.module.css')) modules.set(path, { file, classes: classesOf(path), used: new Set() })
    else if (!globalFiles.includes(file)) problems.push(`${file}: not a CSS module`)
  }
  for (const file of globSync('**/*.{ts,tsx}', { cwd: folder })) {
    const code = readFileSync(join(folder, file), 'utf8')
    for (const [, name, from = ''] of code.matchAll(/^import (\w+) from '([^']+\.module\.css)'/gm)) {
      const module = modules.get(resolve(folder, file, '..', from))
      // A module that is missing fails the build.
      if (!module) continue
      const uses = [...code.matchAll(new RegExp(`\\b${name}(?:\\.(\\w+)|\\[)`, 'g'))]
      // A computed name may be any of them.
      const used = new Set(uses.flatMap(([, className]) => className ?? [...module.classes]))
      for (const className of used) module.used.add(className)
      for (const className of used.difference(module.classes))
        problems.push(`${file}: ${module.file} has no .${className}`)
    }
  }
  for (const { file, classes, used } of modules.values()) {
    for (const className of classes.difference(used)) problems.push(`${file}: .${className} is not used`)
  }
  return problems
}

function classesOf(path: string): Set<string> {
  const css = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|"[^"]*"|:global\([^)]*\)/g, '')
  const selectors = Array.from(css.matchAll(/([^{};]*)\{/g), ([, head = '']) => head)
  const names = selectors
    .filter((head) => !head.includes('@'))
    .flatMap((head) => [...head.matchAll(/\.([A-Za-z_]\w*)/g)])
  return new Set(names.map(([, name = '']) => name))
}

if (import.meta.main) {
  const problems = classNameProblems('src', [join('layout', 'base.css')])
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}
