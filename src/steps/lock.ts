import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { diffJson } from '../lock/diff.ts'
import { renderedOutput } from '../lock/lock-output.ts'
import { readLock } from '../lock/read-lock.ts'
import { relockMarkdown } from '../report/lock-summary.ts'
import { relockText } from '../report/lock-text.ts'
import { lockPaths } from '../stack/lock-sources.ts'
import { writeFiles } from '../tools/repository-files.ts'
import type { Trigger } from '../trigger/types.ts'
import type { Verdict } from './conclude.ts'
import { checkLocks, concludeCheck } from './lock-check.ts'
import { type LockPlace, readLockPlace } from './lock-place.ts'
import type { LockFile, Relock, RelockedImage } from './lock-types.ts'
import { refresh } from './refresh.ts'
import { relockPlace } from './relock-place.ts'
import { besides, changedFiles } from './relock-tree.ts'

interface Question {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

/** The command `lock` on the work tree: checks, renders or makes locks, by `lock-mode`. Needs neither Docker nor a builder. */
export async function lock({ trigger, inputs, host }: Question): Promise<Verdict> {
  const { lockMode: mode } = inputs
  if (mode === 'off')
    throw new ActionError('input', 'command lock, but lock-mode is off: there is nothing to do', [
      'leave one of them out',
    ])
  if (trigger.kind === 'pull_request' && mode !== 'check' && mode !== 'render' && !inputs.dryRun) {
    const { lockPull } = await import('./lock-pull.ts')
    return await lockPull({ trigger, inputs, host })
  }
  const place = await readLockPlace({ inputs, host })
  if (mode === 'check') return await concludeCheck(await checkLocks(place, inputs), host)
  if (place.files.commit !== null)
    throw new ActionError('usage', '--head goes with lock --check alone: locks are written into the work tree')
  const relock =
    mode === 'render'
      ? await render(place)
      : await relockPlace(place, { trigger, inputs: { ...inputs, lockMode: mode }, host })
  if (!inputs.dryRun) await writeFiles(host.cwd, relock.files)
  await refresh({ trigger, inputs, host, relock })
  return await concludeRelock(relock, { inputs, host })
}

/** Explicit locks and package lists anew from the locks that are there. */
async function render({ images, tree, files }: LockPlace): Promise<Relock> {
  const paths = tree.entries.map((entry) => entry.path)
  const folders = [...Map.groupBy(images, ({ path }) => path).values()]
  const rendered: RelockedImage[] = []
  for (const [image] of folders) {
    if (!image) continue
    const lock = paths.find((path) => lockPaths(image.path).includes(path))
    if (lock === undefined) continue
    const beside = besides(image.path, paths)
    const { contents, refused } = await files.read([lock, ...beside])
    const [bad] = refused
    if (bad)
      throw new ActionError('lock', `${bad[0]} is not read: ${bad[1]}`, ['locks are regular files of the repository'])
    const made = renderedOutput(readLock(contents.get(lock) ?? '', lock), {
      path: lock,
      names: beside.map((path) => posix.basename(path)),
    })
    rendered.push({
      image: image.name,
      lock,
      freshness: [],
      diffs: [],
      files: changedFiles(made, contents),
      error: null,
    })
  }
  const changed = rendered.flatMap((one) => one.files)
  return { commit: null, images: rendered, freshness: [], files: changed, sources: [], took: 0 }
}

/** The relock for people and machines. */
export async function concludeRelock(
  relock: Relock,
  { inputs, host }: { inputs: Inputs; host: Host },
): Promise<Verdict> {
  const diffs = relock.images.flatMap((image) => image.diffs)
  const interest = inputs.packagesOfInterest
  const written = relock.files.map((file: LockFile) => file.path)
  const failed = relock.images.filter((image) => image.error !== null)
  await host.out.result({
    json: {
      written,
      diff: diffJson(diffs),
      failed: failed.map(({ image, error }) => ({ image, ...error })),
    },
    text: relockText(relock, interest, { color: host.out.colour }),
    markdown: (limit) => relockMarkdown(relock, { interest, limit }),
  })
  if (inputs.dryRun) host.out.info('dry run: nothing was written')
  const [first, ...others] = failed
  if (!first?.error) return { ok: true, message: '', details: [] }
  const more = others.flatMap(({ image, error }) => [`${image}: ${error?.message}`, ...(error?.details ?? [])])
  return { ok: false, message: `${first.image}: ${first.error.message}`, details: [...first.error.details, ...more] }
}
