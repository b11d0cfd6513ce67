/** Numbers of one side, in the order they were measured. */
export type Sample = readonly number[]

/** Units of a value. */
export type Unit = 'ms' | 's' | 'MB' | 'requests' | 'packages' | 'blobs'

/** What a row must reach: of ours alone, of ours less its peer, or of ours divided by its peer. */
export interface Goal {
  readonly of: 'value' | 'over' | 'ratio'
  readonly max: number
}

/** What a benchmark measured: ours, and its peer in the same run where it has one. */
export interface Measurement {
  readonly name: string
  readonly title: string
  readonly unit: Unit
  readonly ours: Sample
  readonly peer: { readonly name: string; readonly sample: Sample } | null
  readonly goal: Goal | null
  /** The command whose time it is, as a reader would type it. */
  readonly command: string
  /** What a reader must know to read the number: sizes, what was left out. */
  readonly note?: string
}

/** One row of results.json: medians, and between which numbers they lie. */
export interface Row {
  readonly name: string
  readonly title: string
  /** Median of ours. */
  readonly value: number
  readonly unit: Unit
  /** In words: `ratio ≤ 1.1`, `≤ 80 ms over its peer`. */
  readonly goal: string | null
  readonly met: boolean | null
  /** The peer's name; its median is `peer`. */
  readonly against: string | null
  readonly peer: number | null
  /** `value` / `peer`. */
  readonly ratio: number | null
  /** How many times each side ran; warm-up not counted. */
  readonly runs: number
  readonly range: readonly [min: number, max: number]
  readonly peerRange: readonly [min: number, max: number] | null
  readonly command: string
  readonly note: string | null
  /** Day of the measurement: with ONLY a file keeps the rows of earlier days. */
  readonly date: string
}

/** bench/results.json. */
export interface Results {
  readonly date: string
  readonly machine: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, string>>
  readonly results: readonly Row[]
}

/** A benchmark: measures one thing or several that share what is made for them. */
export interface Benchmark {
  readonly name: string
  readonly measure: (say: (line: string) => void) => Promise<readonly Measurement[]>
}
