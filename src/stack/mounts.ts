import type { Instruction } from './dockerfile.ts'

/** One `--mount` of a RUN, variables not replaced. */
export interface Mount {
  readonly type: string
  readonly from: string | null
  readonly source: string | null
  readonly target: string | null
  readonly id: string | null
  readonly uid: string | null
  readonly gid: string | null
  readonly mode: string | null
  readonly sharing: string | null
}

const known = new WeakMap<Instruction, readonly Mount[]>()

/** The mounts of a RUN in their order. They are asked for more than once, and read once. */
export function mountsOf(run: Instruction): readonly Mount[] {
  const mounts = known.get(run) ?? readMounts(run)
  known.set(run, mounts)
  return mounts
}

function readMounts(run: Instruction): Mount[] {
  return run.flags.filter((flag) => flag.startsWith('--mount=')).map((flag) => readMount(flag.slice('--mount='.length)))
}

/** `type=bind,from=…`: comma separated, a field with a comma in double quotes; BuildKit's names and short names. */
function readMount(text: string): Mount {
  const values = new Map<string, string>()
  const fields = text.includes('"') ? (text.match(/(?:"(?:[^"]|"")*"|[^,])+/g) ?? []) : text.split(',')
  for (const field of fields) {
    const plain = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field
    const equals = plain.indexOf('=')
    if (equals > 0) values.set(plain.slice(0, equals).toLowerCase(), plain.slice(equals + 1))
  }
  const get = (name: string) => values.get(name) ?? null
  return {
    type: (get('type') ?? 'bind').toLowerCase(),
    from: get('from') || null,
    source: get('source') ?? get('src'),
    target: get('target') ?? get('dst') ?? get('destination'),
    id: get('id'),
    uid: get('uid'),
    gid: get('gid'),
    mode: get('mode'),
    sharing: get('sharing'),
  }
}
