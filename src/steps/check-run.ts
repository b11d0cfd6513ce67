import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { manifestScripts } from '../check/manifest-script.ts'
import { checkArguments, manifestTarget, testTarget } from '../check/targets.ts'
import { type Scripts, testScripts } from '../check/test-scripts.ts'
import { createProgress, type LoggedStep, type Progress } from '../report/progress.ts'
import type { Failure } from '../report/types.ts'
import { bakeDefinition, escaped } from '../stack/bake.ts'
import { failure as childFailure } from '../tools/exec.ts'
import { isBelow } from '../tools/inside.ts'
import { readMetadata } from './bake-metadata.ts'
import type { Build } from './batch.ts'
import type { Checks } from './checks.ts'
import { describeImages } from './describe.ts'

/** What names exactly one image of one platform. Null where the builder tells none. */
export interface Tested {
  readonly manifest: string | null
  readonly config: string | null
  /** Digests of its unpacked layers, for where neither is told. */
  readonly layers?: readonly string[]
}

/** An image with what is to be checked of it. */
export interface TestedBuild {
  readonly build: Build
  readonly checks: Checks
  /** How its tests ended, where they ran in one process with those of other images. */
  readonly together?: Ended
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

/** What one bake process does for one image. */
interface Run extends TestedBuild {
  readonly tests: boolean
  readonly manifest: boolean
}

/** One bake process for the checks of these images. */
export async function runChecks(runs: readonly Run[]): Promise<ReadonlyMap<Build, Ended>> {
  const [first] = runs
  if (!first) return new Map()
  const { question, facts } = first.build
  const { host, buildx, builder, observer } = question
  const { request, written } = await writeDefinition(runs, first.build)
  const args = checkArguments({ ...request, builder: builder.name, allowSsh: facts.secrets.ssh.length > 0 })
  host.out.debug(`buildx bake ${args.join(' ')}`)
  const shown = runs.map((run, at) => {
    const { planned } = run.build
    return { run, planned, progress: createProgress(written[at]?.own ?? '', { dockerfile: planned.dockerfile }) }
  })
  const feed = (line: string) => {
    for (const { planned, progress } of shown) {
      progress.feed(line)
      observer.progressed(planned.name, progress)
    }
  }
  const seconds = runs.flatMap(({ tests, checks }) => (tests && checks.tests ? [checks.tests.timeout] : []))
  const limit = seconds.length > 0 ? AbortSignal.timeout(Math.max(...seconds) * 1000) : null
  const base = { timedOut: false, tested: null }
  const all = async (of: (one: (typeof shown)[number], place: Written) => Promise<Omit<Ended, 'tests' | 'manifest'>>) =>
    new Map(
      await Promise.all(
        shown.map(async (one, at): Promise<[Build, Ended]> => {
          const place = written[at] as Written
          return [one.run.build, { tests: place.tests, manifest: place.manifest, ...(await of(one, place)) }]
        }),
      ),
    )
  try {
    const ended = await buildx.bake(args, feed, facts.secrets.env, limit ?? undefined)
    return await all(async ({ run, progress }) => {
      const log = progress.log().filter(({ number, error }) => number !== null || error !== null)
      if (ended.status === 0)
        return { ...base, failure: null, log, tested: await readTested(request.metadataFile, run.build.target) }
      const { message } = childFailure({ file: 'buildx', args: ['bake'] }, ended)
      const told = progress.failure()
      return { ...base, failure: ended.signal ? { ...told, message } : told, log }
    })
  } catch (error) {
    if (!limit?.aborted || host.signal.aborted) throw error
    return await all(async ({ run: { checks }, planned, progress }) => {
      const failure = tooLong(checks, progress, planned.dockerfile)
      return { ...base, failure, timedOut: true, log: progress.log() }
    })
  }
}

function tooLong({ tests }: Checks, progress: Progress, dockerfile: string): Failure {
  const running = progress.log().findLast(({ number, completed }) => number !== null && completed === null)
  const message = `its tests took longer than ${tests?.timeout} s and were ended; timeout in spec.yml gives them more`
  return { message, step: running ?? null, dockerfile, line: null, tail: running?.log.lines.slice(-20) ?? [] }
}

/** Where the checks of one image write, and the target that tells of them. */
interface Written {
  readonly own: string
  readonly tests: string
  readonly manifest: string
}

/** Writes the bake file and the scripts; gives what `checkArguments` takes. */
async function writeDefinition(runs: readonly Run[], { question, target, facts }: Build) {
  const { host } = question
  const folderOf = (name: string) => path.join(host.temp, 'checks', name)
  for (const { build } of runs) await rm(folderOf(build.target), { recursive: true, force: true })
  const { images, allowRead } = describeImages({ ...question, facts })
  const platforms = new Map(runs.map(({ checks }) => [checks.image.name, checks.platform]))
  // Its names are given when it is pushed: a tag in an engine must not point at what fails its tests.
  const tested = images.map((one) => {
    const platform = platforms.get(one.image.name)
    if (platform === undefined) return one
    const annotations = one.annotations.flatMap(withoutIndex)
    return { ...one, tags: [], annotations, platforms: platform ? [platform] : one.platforms }
  })
  const definition = bakeDefinition(tested, facts.targets)
  const taken = new Set(facts.targets.values())
  const parts = []
  for (const run of runs) parts.push(await writeChecks(run, folderOf(run.build.target), taken))
  const folder = folderOf(target)
  const file = path.join(folder, 'bake.json')
  const targets = Object.assign({}, definition.target, ...parts.map((part) => part.targets))
  await writeFile(file, JSON.stringify({ target: targets }, null, 2))
  const folders = runs.map(({ build }) => folderOf(build.target))
  const request = {
    file,
    metadataFile: path.join(folder, 'metadata.json'),
    leaves: runs.flatMap(({ build, checks, tests }) => (tests && !checks.pushed ? [build.target] : [])),
    checks: parts.flatMap((part) => part.checks),
    allowRead: [...allowRead, ...folders.filter((one) => !isBelow(host.cwd, one))],
  }
  return { request, written: parts.map((part) => part.written) }
}

/** The targets that check one image, and their scripts. */
async function writeChecks({ build, checks, ...which }: Run, folder: string, taken: Set<string>) {
  const { target } = build
  const names = { tests: freeName(`${target}_tests`, taken), manifest: freeName(`${target}_manifest`, taken) }
  const place = (name: string) => ({
    context: path.join(folder, name),
    image: checks.pushed ? `docker-image://${checks.pushed}` : `target:${target}`,
    platform: checks.platform,
  })
  const folders = { tests: path.join(folder, 'tested'), manifest: path.join(folder, 'described') }
  const targets: Record<string, unknown> = {}
  if (which.tests && checks.tests) {
    await writeScripts(path.join(folder, 'tests'), testScripts(checks.tests.groups))
    targets[names.tests] = escaped(testTarget(checks.tests.groups, checks.folders, place('tests')))
  }
  if (which.manifest) {
    await writeScripts(path.join(folder, 'manifest'), manifestScripts(checks.manifest ?? []))
    targets[names.manifest] = escaped(manifestTarget(place('manifest')))
  }
  return {
    targets,
    written: { own: which.tests ? names.tests : names.manifest, ...folders },
    checks: [
      ...(which.tests ? [{ target: names.tests, folder: folders.tests, noCache: true }] : []),
      ...(which.manifest ? [{ target: names.manifest, folder: folders.manifest, noCache: false }] : []),
    ],
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

function freeName(name: string, taken: Set<string>): string {
  let free = name
  for (let count = 2; taken.has(free); count++) free = `${name}_${count}`
  taken.add(free)
  return free
}

/** The digests of the image as it was when its tests ran. */
async function readTested(metadataFile: string, target: string): Promise<Tested> {
  const told = await readMetadata(metadataFile)
  return { manifest: told(target, 'containerimage.digest'), config: told(target, 'containerimage.config.digest') }
}
