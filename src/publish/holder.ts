/** Milliseconds after which whoever holds a lock or an open journal counts as gone: tags are moved within seconds. */
export const holderMilliseconds = 3 * 60_000

/** Who asks whether another one lives. */
export interface Asking {
  readonly holder: string
  /** Whether it has the lock of GitHub, which no other run of GitHub's then has. */
  readonly locked: boolean
  /** Milliseconds since the other one began. */
  readonly age: number
  /** Whether a process of this machine runs. */
  readonly runs: (process: number) => boolean
}

/** Whether another holder may still be at work. An earlier attempt of the same run is over; nobody holds anything for minutes. */
export function mayLive(other: string, { holder, locked, age, runs }: Asking): boolean {
  const [kind, first, second] = other.split(/[:.]/)
  const [ownKind, ownFirst, ownSecond] = holder.split(/[:.]/)
  const same = kind === ownKind && first === ownFirst
  if (kind === 'local' && same) return Number(second) !== Number(ownSecond) && runs(Number(second))
  if (kind === 'github' && (locked || (same && Number(second) < Number(ownSecond)))) return false
  return age < holderMilliseconds
}
