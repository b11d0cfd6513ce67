import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { TestsFailed } from '../check/failed.ts'
import { readManifest } from '../check/manifest.ts'
import { manifestScripts } from '../check/manifest-script.ts'
import { checkArguments, manifestTarget, testTarget } from '../check/targets.ts'
import { needsShell, type Scripts, testScripts } from '../check/test-scripts.ts'
import type { Manifest, TestReport } from '../check/types.ts'
import { messageOf } from '../errors.ts'
import { createProgress, type LoggedStep, type Progress } from '../report/progress.ts'
import type { Failure } from '../report/types.ts'
import { bakeDefinition, escaped } from '../stack/bake.ts'
import { failure as childFailure } from '../tools/exec.ts'
import { isBelow } from '../tools/inside.ts'
import { readWritten } from '../tools/written-files.ts'
import type { Build } from './bake.ts'
import { type Checks, canShare } from './checks.ts'
import { describeImages } from './describe.ts'
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

/** What names exactly one image of one platform. Null where the builder tells none. */
export interface Tested {
  readonly manifest: string | null
  readonly config: string | null
}

const nothing: Checked = { report: null, manifest: null, tested: [], log: [] }

/**
 * Tests an image that the builder has in its cache, and describes it. Throws TestsFailed where its tests fail or cannot run; a
 * description that fails is a warning.
 */
export async function checkImage(build: Build, checks: Checks): Promise<Checked> {
  const inside = await checkInside(build, checks)
  const { engine } = checks
  if (!engine || checks.containers.length === 0) return inside
  const { runContainers } = await import('./run-containers.ts')
  const ran = await runContainers(build, checks, engine)
  return withContainers(inside, ran, { checks, dockerfile: build.planned.dockerfile })
}

/** What BuildKit can test and describe. */
async function checkInside(build: Build, checks: Checks): Promise<Checked> {
  const left =
    checks.notes.length > 0 ? { outcome: 'skipped' as const, cases: [], platform: null, notes: checks.notes } : null
  if (checks.tests === null) return { ...nothing, report: left, manifest: await describeAlone(build, checks) }
  const share = canShare(checks)
  const ended = await runChecks(build, checks, { tests: true, manifest: share })
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
  const ended = await runChecks(build, checks, { tests: false, manifest: true })
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

/** How the process of the checks ended. The folders hold what they wrote. */
export interface Ended {
  readonly tests: string
  readonly manifest: string
  readonly failure: Failure | null
  readonly timedOut: boolean
  readonly tested: Tested | null
  readonly log: readonly LoggedStep[]
}

async function runChecks(build: Build, checks: Checks, which: { tests: boolean; manifest: boolean }): Promise<Ended> {
  const { question, planned, facts } = build
  const { host, buildx, builder, observer } = question
  const plan = await writeDefinition(build, checks, which)
  const args = checkArguments({ ...plan, builder: builder.name, allowSsh: facts.secrets.ssh.length > 0 })
  host.out.debug(`buildx bake ${args.join(' ')}`)
  const progress: Progress = createProgress(plan.own, { dockerfile: planned.dockerfile })
  const feed = (line: string) => {
    progress.feed(line)
    observer.progressed(planned.name, progress)
  }
  const limit = which.tests && checks.tests ? AbortSignal.timeout(checks.tests.timeout * 1000) : null
  const base = { tests: plan.folders.tests, manifest: plan.folders.manifest, timedOut: false, tested: null }
  try {
    const ended = await buildx.bake(args, feed, facts.secrets.env, limit ?? undefined)
    const log = progress.log().filter(({ number, error }) => number !== null || error !== null)
    if (ended.status === 0) return { ...base, failure: null, log, tested: await readTested(plan) }
    const { message } = childFailure({ file: 'buildx', args: ['bake'] }, ended)
    const told = progress.failure()
    return { ...base, failure: ended.signal ? { ...told, message } : told, log }
  } catch (error) {
    if (!limit?.aborted || host.signal.aborted) throw error
    return { ...base, failure: tooLong(checks, progress, planned.dockerfile), timedOut: true, log: progress.log() }
  }
}

function tooLong({ tests }: Checks, progress: Progress, dockerfile: string): Failure {
  const running = progress.log().findLast(({ number, completed }) => number !== null && completed === null)
  const message = `its tests took longer than ${tests?.timeout} s and were ended; timeout in spec.yml gives them more`
  return { message, step: running ?? null, dockerfile, line: null, tail: running?.log.lines.slice(-20) ?? [] }
}

/** Writes the bake file and the scripts; gives what `checkArguments` takes. */
async function writeDefinition(build: Build, checks: Checks, which: { tests: boolean; manifest: boolean }) {
  const { question, target, facts } = build
  const { host } = question
  const folder = path.join(host.temp, 'checks', target)
  await rm(folder, { recursive: true, force: true })
  const { images, allowRead } = describeImages({ ...question, facts })
  // Its names are given when it is pushed: a tag in an engine must not point at what fails its tests.
  const tested = images.map((one) =>
    one.image.name === checks.image.name
      ? {
          ...one,
          tags: [],
          annotations: one.annotations.flatMap(withoutIndex),
          platforms: checks.platform ? [checks.platform] : one.platforms,
        }
      : one,
  )
  const taken = new Set(facts.targets.values())
  const names = { tests: freeName(`${target}_tests`, taken), manifest: freeName(`${target}_manifest`, taken) }
  const place = (name: string) => ({
    context: path.join(folder, name),
    image: checks.pushed ? `docker-image://${checks.pushed}` : `target:${target}`,
    platform: checks.platform,
  })
  const folders = { tests: path.join(folder, 'tested'), manifest: path.join(folder, 'described') }
  const definition = bakeDefinition(tested, facts.targets)
  const targets: Record<string, unknown> = { ...definition.target }
  if (which.tests && checks.tests) {
    await writeScripts(path.join(folder, 'tests'), testScripts(checks.tests.groups))
    targets[names.tests] = escaped(testTarget(checks.tests.groups, checks.folders, place('tests')))
  }
  if (which.manifest) {
    await writeScripts(path.join(folder, 'manifest'), manifestScripts(checks.manifest ?? []))
    targets[names.manifest] = escaped(manifestTarget(place('manifest')))
  }
  const file = path.join(folder, 'bake.json')
  await writeFile(file, JSON.stringify({ target: targets }, null, 2))
  return {
    file,
    metadataFile: path.join(folder, 'metadata.json'),
    leaf: which.tests && !checks.pushed ? target : null,
    own: which.tests ? names.tests : names.manifest,
    folders,
    target,
    checks: [
      ...(which.tests ? [{ target: names.tests, folder: folders.tests, noCache: true }] : []),
      ...(which.manifest ? [{ target: names.manifest, folder: folders.manifest, noCache: false }] : []),
    ],
    allowRead: [...allowRead, ...(isBelow(host.cwd, folder) ? [] : [folder])],
  }
}

async function writeScripts(folder: string, scripts: Scripts): Promise<void> {
  await mkdir(path.join(folder, 'out'), { recursive: true })
  await mkdir(path.join(folder, 'run'))
  for (const [name, text] of scripts) await writeFile(path.join(folder, 'run', name), text)
}

/** What is tested has no index; its manifest has the annotations that it is pushed with. */
function withoutIndex(annotation: string): string[] {
  const [, levels] = /^([a-z][a-z,-]*(?:\[[^\]]*\])?):[^=]*=/.exec(annotation) ?? []
  if (levels === undefined || !/\bindex/.test(levels)) return [annotation]
  const kept = levels.split(',').filter((level) => !level.startsWith('index'))
  return kept.length > 0 ? [`${kept.join(',')}${annotation.slice(levels.length)}`] : []
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let count = 2; taken.has(free); count++) free = `${name}_${count}`
  return free
}

/** The digests of the image as it was when its tests ran. */
async function readTested({ metadataFile, target }: { metadataFile: string; target: string }): Promise<Tested | null> {
  try {
    const metadata = JSON.parse(await readFile(metadataFile, 'utf8')) as Record<
      string,
      Record<string, unknown> | undefined
    >
    const text = (key: string) =>
      typeof metadata[target]?.[key] === 'string' ? (metadata[target][key] as string) : null
    return { manifest: text('containerimage.digest'), config: text('containerimage.config.digest') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`${metadataFile} cannot be read: ${messageOf(error)}`, { cause: error })
  }
}
