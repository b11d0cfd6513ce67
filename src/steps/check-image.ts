import { TestsFailed } from '../check/failed.ts'
import { readManifest } from '../check/manifest.ts'
import { needsShell } from '../check/test-scripts.ts'
import type { Manifest, TestReport } from '../check/types.ts'
import type { LoggedStep } from '../report/progress.ts'
import { readWritten } from '../tools/written-files.ts'
import { type Build, each } from './batch.ts'
import { type Ended, runChecks, type Tested, type TestedBuild } from './check-run.ts'
import { type Checks, canShare } from './checks.ts'
import { brokenReport, failedReport, noShell, passedPrograms, readTests, withContainers } from './test-verdict.ts'

/** What was found out about an image. */
export interface Checked {
  readonly report: TestReport | null
  readonly manifest: Manifest | null
  /** The image as it was tested, in BuildKit and in an engine: digests of its manifest and config. */
  readonly tested: readonly Tested[]
  /** Steps of the tests, for the image's log. */
  readonly log: readonly LoggedStep[]
}

const nothing: Checked = { report: null, manifest: null, tested: [], log: [] }

/**
 * Tests several images that the builder has in its cache by one bake process. Where it fails, or takes longer than any of them may,
 * each is tested by itself: that tells whose failure it is, and whether it counts. Throws as `each` does.
 */
export async function checkImages(images: readonly TestedBuild[]): Promise<ReadonlyMap<Build, Checked>> {
  const tested = images.filter(({ checks }) => checks.tests !== null)
  const runs = tested.map((one) => ({ ...one, tests: true, manifest: canShare(one.checks) }))
  const ended = runs.length > 1 ? await runChecks(runs) : new Map<Build, Ended>()
  const whole = [...ended.values()].every(({ failure }) => failure === null)
  const byBuild = new Map(images.map((one) => [one.build, one]))
  return await each([...byBuild.keys()], async (build) => {
    const together = whole ? ended.get(build) : undefined
    return await checkImage({ ...(byBuild.get(build) as TestedBuild), ...(together ? { together } : {}) })
  })
}

/**
 * Tests an image that the builder has in its cache, and describes it. Throws TestsFailed where its tests fail or cannot run; a
 * description that fails is a warning.
 */
export async function checkImage(tested: TestedBuild): Promise<Checked> {
  const { build, checks } = tested
  const inside = await checkInside(tested)
  const { engine } = checks
  if (!engine || checks.containers.length === 0) return inside
  const { runContainers } = await import('./run-containers.ts')
  const ran = await runContainers(build, checks, engine)
  return withContainers(inside, ran, { checks, dockerfile: build.planned.dockerfile })
}

/** What BuildKit can test and describe. */
async function checkInside({ build, checks, together }: TestedBuild): Promise<Checked> {
  const left =
    checks.notes.length > 0 ? { outcome: 'skipped' as const, cases: [], platform: null, notes: checks.notes } : null
  if (checks.tests === null) return { ...nothing, report: left, manifest: await describeAlone(build, checks) }
  const share = canShare(checks)
  const ended = together ?? (await runChecks([{ build, checks, tests: true, manifest: share }])).get(build)
  if (!ended) throw new Error(`no tests of ${build.planned.name} were run`)
  const { groups } = checks.tests
  const context = { checks: { ...checks, groups }, dockerfile: build.planned.dockerfile, ended }
  const report = !ended.failure ? await readTests(context) : needsShell(groups) ? null : passedPrograms(context)
  if (ended.failure && (!report || ended.timedOut)) {
    const failure = noShell(ended.failure, checks)
    if (!groups.every((group) => group.allowFailure)) throw new TestsFailed(failure, report, null)
    return {
      ...nothing,
      report: brokenReport(failure, checks),
      manifest: await describeAlone(build, checks),
      log: ended.log,
    }
  }
  const manifest = share ? await readDescription(ended.manifest, checks) : null
  if (report?.outcome === 'failed')
    throw new TestsFailed(failedReport(report, build.planned.dockerfile), report, manifest)
  const alone = share ? manifest : await describeAlone(build, checks)
  return { report, manifest: alone, tested: ended.tested ? [ended.tested] : [], log: ended.log }
}

async function describeAlone(build: Build, checks: Checks): Promise<Manifest | null> {
  if (checks.manifest === null) return null
  const { host } = build.question
  const ended = (await runChecks([{ build, checks, tests: false, manifest: true }])).get(build)
  if (!ended) return null
  if (!ended.failure) return await readDescription(ended.manifest, checks)
  // Without a shell there are hardly packages: most images of this kind are one program.
  const shell = /\/bin\/sh\b.*no such file/.test([ended.failure.message, ...ended.failure.tail].join('\n'))
  if (shell) host.out.debug(`${checks.image.name} is not described: it has no /bin/sh`)
  else host.out.warning(`${checks.image.name} could not be described: ${ended.failure.message}`)
  return null
}

async function readDescription(folder: string, { manifest }: Checks): Promise<Manifest | null> {
  const limit = (name: string) => (name.startsWith('command-') ? 64 * 1024 : 8 * 1024 * 1024)
  return readManifest(await readWritten(folder, limit), manifest ?? [])
}
