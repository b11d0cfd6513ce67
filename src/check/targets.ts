import { noPlaces } from '../cache/types.ts'
import { bakeArguments, withoutAttestation } from '../stack/bake.ts'
import type { TestGroup } from '../stack/tests.ts'
import { places } from './harness.ts'
import { needsShell } from './test-scripts.ts'

/** A target of a bake file that checks what another target built: https://docs.docker.com/build/bake/reference/ */
export interface CheckTarget {
  /** Folder with the scripts in `run` and an empty folder `out`, absolute. */
  readonly context: string
  readonly contexts: Readonly<Record<string, string>>
  readonly 'dockerfile-inline': string
  readonly platforms?: readonly string[]
}

interface Place {
  readonly context: string
  /** buildx's value of the image that is checked: `target:base`. */
  readonly image: string
  readonly platform: string | null
}

/** Makes a folder that any user may write to, without running anything. */
const head = ['FROM image AS check', `COPY --chmod=777 out ${places.out}`]
const tail = ['FROM scratch', `COPY --from=check ${places.out} /`, '']

/**
 * Runs tests on top of an image, as its user: a RUN a group, each with its own network. `folders`: absolute path of each group's
 * test files, null for none. Without a shell a program that fails ends the build; else the verdict is in what is written.
 */
export function testTarget(
  groups: readonly TestGroup[],
  folders: readonly (string | null)[],
  { context, image, platform }: Place,
): CheckTarget {
  const shell = needsShell(groups)
  const runs = groups.flatMap((group, at) => (shell ? shellRun(group, at) : programRuns(group)))
  const named = folders.flatMap((folder, at): [string, string][] => (folder === null ? [] : [[`tests${at}`, folder]]))
  return {
    context,
    contexts: { image, ...Object.fromEntries(named) },
    'dockerfile-inline': [...head, ...runs, ...tail].join('\n'),
    ...(platform ? { platforms: [platform] } : {}),
  }
}

/** Describes an image by a script, without network. */
export function manifestTarget({ context, image, platform }: Place): CheckTarget {
  const mount = `--mount=type=bind,source=run,target=${places.run}`
  const run = `RUN --network=none ${mount} ${JSON.stringify(['/bin/sh', `${places.run}/manifest.sh`])}`
  return {
    context,
    contexts: { image },
    'dockerfile-inline': [...head, run, ...tail].join('\n'),
    ...(platform ? { platforms: [platform] } : {}),
  }
}

/** The instruction of a program without a shell: a step of BuildKit's progress has its text, too. */
export function programRun(network: TestGroup['network'], program: readonly string[]): string {
  return `RUN --network=${network} ${JSON.stringify(program)}`
}

function shellRun({ network, folder }: TestGroup, at: number): string[] {
  const mounts = [
    `--mount=type=bind,source=run,target=${places.run}`,
    ...(folder === null ? [] : [`--mount=type=bind,from=tests${at},target=${places.tests}`]),
  ]
  return [`RUN --network=${network} ${mounts.join(' ')} ${JSON.stringify(['/bin/sh', `${places.run}/${at}.sh`])}`]
}

function programRuns({ network, commands }: TestGroup): string[] {
  return commands.flatMap((command) => (typeof command === 'string' ? [] : [programRun(network, command)]))
}

/** What one bake process is asked to do: images as they are tested, and their checks. */
export interface CheckRequest {
  readonly builder: string | null
  readonly file: string
  readonly metadataFile: string
  /** The images' own targets: their manifests' digests are told, nothing leaves the builder. */
  readonly leaves: readonly string[]
  /** Targets of checks and the folders that they write to. */
  readonly checks: readonly { readonly target: string; readonly folder: string; readonly noCache: boolean }[]
  /** Paths outside of the working directory that the build reads. */
  readonly allowRead: readonly string[]
  readonly allowSsh: boolean
}

/** Arguments of `buildx bake` for checks. What forces work is set on the checks alone. */
export function checkArguments({ leaves, checks, ...request }: CheckRequest): string[] {
  const plain = { noCache: false, cache: noPlaces, attest: withoutAttestation }
  return bakeArguments({
    ...{ ...request, pull: false },
    targets: [
      ...leaves.map((target) => ({ ...plain, target, outputs: ['type=image'] })),
      ...checks.map(({ target, folder, noCache }) => ({
        ...{ ...plain, target, noCache, outputs: [`type=local,dest=${folder}`] },
        cache: { ...noPlaces, writes: [folder] },
      })),
    ],
  })
}
