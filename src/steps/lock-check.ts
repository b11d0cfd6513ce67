import { posix } from 'node:path'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { explicitPlatform } from '../lock/diff-explicit.ts'
import { checkRules } from '../lock/rules.ts'
import type { LockProblem } from '../lock/rules-types.ts'
import type { Freshness } from '../lock/types.ts'
import { count } from '../report/format.ts'
import { checkMarkdown } from '../report/lock-check.ts'
import { freshnessText, problemsText } from '../report/lock-text.ts'
import type { Verdict } from './conclude.ts'
import type { LockPlace } from './lock-place.ts'
import { freshnessOf, isKept, type LockScan, scanLocks } from './lock-scan.ts'
import { isPackagesList } from './relock-tree.ts'

/** What a check found. */
export interface LockCheck {
  readonly locks: readonly Freshness[]
  readonly problems: readonly LockProblem[]
}

/** Freshness first, which costs milliseconds, then the rules: each lock against its explicit locks and the allowed places. */
export async function checkLocks(place: LockPlace, inputs: Inputs): Promise<LockCheck> {
  const { images, tree, files } = place
  const scan = await scanLocks({ images, tree, files, foreign: inputs.lockEngine === 'conda-lock' })
  return { locks: freshnessOf(scan, images), problems: await brokenRules(scan, place, inputs) }
}

/** The check as a command: red where a lock is stale or breaks a rule. */
export async function concludeCheck({ locks, problems }: LockCheck, host: Host): Promise<Verdict> {
  const stale = locks.filter((lock) => !lock.fresh)
  const { colour: color } = host.out
  await host.out.result({
    json: { fresh: stale.length === 0, locks, ...(problems.length > 0 ? { problems } : {}) },
    text: freshnessText(locks, { color }) + problemsText(problems, { color }),
    markdown: (limit) => checkMarkdown({ locks, problems }, limit),
  })
  for (const { file, line, message } of problems) host.out.error(message, { file, line, title: 'lock' })
  return checkVerdict({ locks, problems })
}

/** Red where a lock is stale or breaks a rule, with what to do about it. */
export function checkVerdict({ locks, problems }: LockCheck): Verdict {
  const stale = [...new Set(locks.filter((lock) => !lock.fresh).map((lock) => lock.image))]
  if (stale.length === 0 && problems.length === 0) return { ok: true, message: '', details: [] }
  const parts = [
    ...(stale.length > 0 ? [`stale: ${stale.join(', ')}`] : []),
    ...(problems.length > 0
      ? [`${count(problems.length, 'broken rule')}, first ${problems[0]?.file}:${problems[0]?.line}`]
      : []),
  ]
  return {
    ok: false,
    message: `locks ${parts.join('; ')}`,
    details: ['make them anew: buildx-action lock (make lock)'],
  }
}

async function brokenRules(scan: LockScan, { images, tree, files }: LockPlace, inputs: Inputs): Promise<LockProblem[]> {
  const paths = tree.entries.map((entry) => entry.path)
  const found: LockProblem[] = []
  for (const state of scan.states) {
    const { lock, folder, metadata } = state.target
    if (metadata === null || !isKept(state, images)) continue
    const explicit = paths.filter((path) => posix.dirname(path) === folder && explicitPlatform(path) !== null)
    // One lock at a time: they are large.
    const { contents } = await files.read([lock, ...explicit, state.target.packagesList])
    const text = (file: string) => ({ file, text: contents.get(file) ?? '' })
    const list = text(state.target.packagesList)
    const platforms = explicit.map((path) => explicitPlatform(path) ?? '')
    const platform = platforms.includes('linux-64') ? 'linux-64' : platforms[0]
    found.push(
      ...checkRules(text(lock), {
        ...inputs,
        explicit: Object.fromEntries(explicit.map((path, at) => [platforms[at] ?? '', text(path)])),
        ...(platform && isPackagesList(list.text) ? { packages: { ...list, platform } } : {}),
      }),
    )
  }
  return found
}
