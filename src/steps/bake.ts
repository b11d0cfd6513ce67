import { ActionError } from '../errors.ts'
import { bakeRound } from './bake-round.ts'
import { type Batch, type Build, each } from './batch.ts'
import type { Checked } from './check-image.ts'
import { type Checks, checksOf, isTested } from './checks.ts'
import { namesOf, pushedTags } from './describe.ts'
import { isAsTested, verifyImage } from './verify.ts'

export type { Build } from './batch.ts'

/** What became of one image by bake. */
export interface Baked {
  readonly digest: string | null
  readonly image: { readonly size: number } | null
  readonly checked: Checked | null
}

/**
 * Images by bake, and what was pushed of them. Each output is a round of its own, the later ones from the builder's
 * cache: of several at once buildx tells one digest only, and an annotation that one output cannot hold ends them all.
 * Tests run when all is in the builder's cache, before the first output. Throws BatchFailed.
 */
export async function bakeTogether(batch: Batch): Promise<ReadonlyMap<Build, Baked>> {
  const [{ question, facts }] = batch
  const { outputs } = facts
  // A merge group's image that has no fingerprint has no name to be pushed by.
  const push =
    outputs.push && (outputs.byDigest || batch.every((build) => pushedTags({ ...build, ...question }).length > 0))
  const checks = await each(batch, checksOf)
  const tested = batch.filter((build) => isTested(checks.get(build) ?? null))
  const ahead = tested.length > 0 || batch.length > 1
  let checked: ReadonlyMap<Build, Checked> = new Map()
  let pushed: ReadonlyMap<Build, string | null> = new Map()
  for (const [round, output] of roundsOf(push || !outputs.push ? outputs.rounds : [cacheOnly], ahead).entries()) {
    const digests = await bakeRound(batch, { output, first: round === 0 })
    if (push && output === outputs.rounds[0]) pushed = digests
    if (tested.length > 0 && round === 0) checked = await check(tested, checks)
  }
  // Those of all, or a child of the batch could not be compared with its parent.
  const known = new Map(facts.digests)
  for (const [{ planned }, digest] of pushed) if (digest) known.set(planned.name, digest)
  return await each(batch, async (build) => {
    const own = checks.get(build) ?? null
    const digest = pushed.get(build) ?? null
    const found = checked.get(build) ?? (own && !isTested(own) ? await checkAlone(build, own) : null)
    if (push && !digest) throw untold(build)
    const image = digest
      ? await verifyImage({ ...question, planned: build.planned, digest, facts: { ...facts, digests: known } })
      : null
    const same = !isTested(own) || isAsTested(image, found?.tested ?? null)
    return { digest, image, checked: same ? found : await checkAgain(build, own, digest) }
  })
}

const cacheOnly = 'type=cacheonly'

/** What is tested, or built all or none, is in the builder's cache alone until that is done. */
function roundsOf(rounds: readonly string[], ahead: boolean): readonly string[] {
  return !ahead || rounds[0] === cacheOnly ? rounds : [cacheOnly, ...rounds]
}

async function check(
  builds: readonly Build[],
  checks: ReadonlyMap<Build, Checks | null>,
): Promise<ReadonlyMap<Build, Checked>> {
  const { checkImages } = await import('./check-image.ts')
  return await checkImages(
    builds.flatMap((build) => {
      const own = checks.get(build)
      return own ? [{ build, checks: own }] : []
    }),
  )
}

async function checkAlone(build: Build, checks: Checks): Promise<Checked> {
  const { checkImage } = await import('./check-image.ts')
  return await checkImage({ build, checks })
}

/** BuildKit may build again what it has just built, above all where builds of one parent run side by side. */
async function checkAgain(build: Build, checks: Checks, digest: string | null): Promise<Checked> {
  const { question, planned } = build
  question.host.out.info(
    `${planned.name}: the builder built it anew for the push, so its tests run again, on what was pushed`,
  )
  const [name] = namesOf(question, planned)
  return await checkAlone(build, { ...checks, pushed: `${name}@${digest}` })
}

/** Without it nothing could be verified or tagged. */
function untold({ planned }: Build): ActionError {
  return new ActionError(
    'build',
    `buildx ended well but did not tell the digest of what it pushed for ${planned.name}`,
    ['its version may be too old for `bake --metadata-file`: update buildx'],
  )
}
