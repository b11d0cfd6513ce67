import type { Goal, Measurement, Row, Sample } from './types.ts'

/** The middle of a sample, or the mean of the two in the middle. Throws for an empty one. */
export function median(sample: Sample): number {
  if (sample.length === 0) throw new Error('a median needs at least one number')
  const sorted = sample.toSorted((a, b) => a - b)
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}

/** Smallest and largest of a sample: with so few runs an honester measure of noise than a deviation. */
export function range(sample: Sample): readonly [min: number, max: number] {
  if (sample.length === 0) throw new Error('a range needs at least one number')
  return [Math.min(...sample), Math.max(...sample)]
}

/** Makes a row: medians rounded for reading, the goal judged on the unrounded ones. */
export function toRow(measurement: Measurement, date: string): Row {
  const { name, title, unit, ours, peer, goal, command, note } = measurement
  const value = median(ours)
  const theirs = peer ? median(peer.sample) : null
  return {
    name,
    title,
    value: rounded(value),
    unit,
    goal: goal && goalText(goal, unit),
    met: goal && judge(goal, value, theirs),
    against: peer?.name ?? null,
    peer: theirs === null ? null : rounded(theirs),
    ratio: theirs ? rounded(value / theirs) : null,
    runs: ours.length,
    range: pair(range(ours)),
    peerRange: peer && pair(range(peer.sample)),
    command,
    note: note ?? null,
    date,
  }
}

/** Three figures, and no digits after the point of what is large. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}

function judge({ of, max }: Goal, value: number, peer: number | null): boolean {
  if (of === 'value') return value <= max
  if (peer === null) throw new Error(`a goal for the ${of} needs a peer`)
  return of === 'over' ? value - peer <= max : value <= max * peer
}

function goalText({ of, max }: Goal, unit: string): string {
  if (of === 'ratio') return `ratio ≤ ${max}`
  return of === 'over' ? `≤ ${max} ${unit} over its peer` : `≤ ${max} ${unit}`
}

function pair([min, max]: readonly [number, number]): readonly [number, number] {
  return [rounded(min), rounded(max)]
}
