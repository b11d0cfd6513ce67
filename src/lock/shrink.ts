/** Whether what is asked for can be had when these alone are free to change. */
export type Feasible<T> = (free: readonly T[]) => Promise<boolean>

/**
 * Makes a set smaller while it stays feasible: leaves out halves, then quarters, down to single ones, as often as `tries`
 * allows. The set that comes in is feasible; so is the one that goes out.
 */
export async function shrink<T>(set: readonly T[], feasible: Feasible<T>, tries: number): Promise<readonly T[]> {
  let kept = set
  let left = tries
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length && left > 0; ) {
      const without = kept.toSpliced(at, size)
      left--
      if (await feasible(without)) kept = without
      else at += size
    }
  }
  return kept
}
