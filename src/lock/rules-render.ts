import { ActionError } from '../errors.ts'
import { renderExplicit } from './explicit.ts'
import { renderPackages } from './packages-list.ts'
import type { LockFile, LockProblem, LockRules } from './rules-types.ts'
import type { Lock } from './types.ts'

/** What the explicit locks and packages.txt say otherwise than the lock they were rendered from. */
export function checkRender(lock: Lock, lockFile: LockFile, rules: LockRules): LockProblem[] {
  const explicit = Object.entries(rules.explicit).flatMap(([platform, rendered]) =>
    compare(rendered, platform, lockFile.file, () =>
      renderExplicit(lock, platform, { ...rules.rendering, file: lockFile.file }),
    ),
  )
  const { packages } = rules
  const source = packages && rules.explicit[packages.platform]
  if (!packages || !source) return explicit
  const name = source.file.slice(source.file.lastIndexOf('/') + 1)
  const listed = compare(packages, packages.platform, source.file, () => renderPackages(source.text, name))
  return [...explicit, ...listed]
}

function compare(actual: LockFile, platform: string, from: string, render: () => string): LockProblem[] {
  const expected = rendered(render)
  if (expected === actual.text) return []
  const problem = { rule: 'render' as const, file: actual.file, package: null, platform, remedy: remedyOf(actual.file) }
  if (expected instanceof ActionError) return [{ ...problem, line: 1, message: expected.message }]
  const [theirs, ours] = [actual.text.split('\n'), expected.split('\n')]
  const at = theirs.findIndex((line, index) => line !== ours[index])
  const index = at < 0 ? theirs.length : at
  const says = ours[index] === undefined ? 'ends before it' : `gives ${shown(ours[index])}`
  const message = `line ${index + 1} is ${shown(theirs[index])}, ${from} ${says}`
  return [{ ...problem, line: index + 1, message }]
}

function rendered(render: () => string): string | ActionError {
  try {
    return render()
  } catch (error) {
    if (error instanceof ActionError) return error
    throw error
  }
}

/** A line as far as it helps: a hostile file may be one line. */
function shown(line = ''): string {
  return `\`${line.length > 300 ? `${line.slice(0, 300)}…` : line}\``
}

function remedyOf(file: string): string {
  return `one of the two was edited, or a merge mixed two states: make ${file} anew with \`lock --render\`, or relock`
}
