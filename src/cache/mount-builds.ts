import type { MountDirectory } from './mounts.ts'

/** A throw-away build as a bake target takes it: its Dockerfile and its build arguments. */
export interface MountBuild {
  readonly dockerfile: string
  readonly args: Readonly<Record<string, string>>
}

/** What a mount is filled with: `file` in the build's context, and the digest that its list of files has to have. */
export interface Filling {
  readonly directory: MountDirectory
  readonly file: string
  readonly digest: string
}

/** A mount that is read, and the digest of the list of files that is kept already; empty for none. */
export interface Reading {
  readonly directory: MountDirectory
  readonly known: string
}

/** Longest time of one of the steps, seconds: hostile contents must not hold up a run. */
const mostSeconds = 900

/**
 * Fills mounts from archives in the build's context, each in a stage of its own, where no other mount is there to be written to. Its
 * output is a file for each, named by its number, with one word: `restored`, `kept` (it held something already) or `failed`.
 */
export function injection(
  fillings: readonly Filling[],
  { utility, nonce }: { utility: string; nonce: string },
): MountBuild {
  const stages = fillings.flatMap(({ directory, file, digest }, at) => [
    `FROM utility AS m${at}`,
    `ARG NONCE ${argumentsOf(directory, at)
      .map(([name]) => name)
      .join(' ')}`,
    `RUN --network=none --mount=type=bind,target=/work --mount=${mountOption(directory, at, '/mount')} ` +
      `timeout ${mostSeconds} sh /work/unpack.sh /work/${file} ${digest} ${directory.mount.from ? 'over' : 'empty'}`,
  ])
  const last = ['FROM scratch', ...fillings.map((_, at) => `COPY --from=m${at} /out /${at}`)]
  return build(
    [`FROM ${utility} AS utility`, ...stages, ...last],
    fillings.map(({ directory }) => directory),
    nonce,
  )
}

/**
 * Reads mounts: the output is a line for each in `report` (number, state, digest of the list of files, bytes, number of files, number of
 * those left out), and an archive `<number>.cpio` where the state is `packed`. `limit`: bytes of all together.
 */
export function extraction(
  readings: readonly Reading[],
  { utility, nonce, limit }: { utility: string; nonce: string; limit: number },
): MountBuild {
  const directories = readings.map(({ directory }) => directory)
  const names = directories.flatMap((directory, at) => argumentsOf(directory, at).map(([name]) => name))
  const mounts = directories.map((directory, at) => `--mount=${mountOption(directory, at, `/m/${at}`)},readonly`)
  const known = readings.map((reading, at) => `${at}:${reading.known}`)
  return build(
    [
      `FROM ${utility} AS pack`,
      `ARG NONCE ${names.join(' ')}`,
      `RUN --network=none --mount=type=bind,target=/work ${mounts.join(' ')} ` +
        `timeout ${mostSeconds} sh /work/pack.sh ${limit} ${known.join(' ')}`,
      'FROM scratch',
      'COPY --from=pack /out /',
    ],
    directories,
    nonce,
  )
}

function build(lines: readonly string[], directories: readonly MountDirectory[], nonce: string): MountBuild {
  const args = directories.flatMap((directory, at) => argumentsOf(directory, at))
  const namespace = directories[0]?.namespace
  return {
    dockerfile: `${lines.join('\n')}\n`,
    // Steps with this argument are in no cache: a cache mount's contents are no part of what BuildKit compares.
    args: { NONCE: nonce, ...(namespace ? { BUILDKIT_CACHE_MOUNT_NS: namespace } : {}), ...Object.fromEntries(args) },
  }
}

/** Texts of the user's own go in as build arguments: none can be anything else than the value of its option. */
function argumentsOf({ mount }: MountDirectory, at: number): [string, string][] {
  return [[`ID_${at}`, mount.id], ...(mount.source ? ([[`SOURCE_${at}`, mount.source]] as [string, string][]) : [])]
}

/** The user's own options, as far as they choose the directory. */
function mountOption({ mount }: MountDirectory, at: number, target: string): string {
  const { from, source, owner } = mount
  return [
    `type=cache,id=$ID_${at},target=${target}`,
    ...(from ? [`from=${from}`] : []),
    ...(source ? [`source=$SOURCE_${at}`] : []),
    ...(owner ? [`uid=${owner.uid},gid=${owner.gid},mode=${owner.mode.toString(8).padStart(4, '0')}`] : []),
  ].join(',')
}
