import { StringDecoder } from 'node:string_decoder'
import { stripVTControlCharacters } from 'node:util'

/** Lines that are kept of one step; of more, the first are dropped: a failure is explained at the end. */
const LINES_KEPT = 2000
const CHARACTERS_KEPT = 4000

/** The output of one step so far. `dropped` lines are missing before the first of `lines`. */
export interface StepLog {
  readonly lines: readonly string[]
  readonly dropped: number
}

/** Collects a step's output: whole lines in the order of their ends, without terminal sequences, progress bars as their last state. */
export class LogCollector {
  readonly #lines: string[] = []
  readonly #open = new Map<number, { decoder: StringDecoder; rest: string }>()
  #dropped = 0

  /** Takes a chunk of one stream (1 standard output, 2 standard error). */
  add(stream: number, data: Uint8Array): void {
    const open = this.#open.get(stream) ?? { decoder: new StringDecoder('utf8'), rest: '' }
    this.#open.set(stream, open)
    const lines = (open.rest + open.decoder.write(Buffer.from(data))).split('\n')
    open.rest = (lines.pop() ?? '').slice(-CHARACTERS_KEPT)
    for (const line of lines) this.#lines.push(clean(line))
    if (this.#lines.length > 2 * LINES_KEPT) this.#drop()
  }

  /** What is there now; a last line without its end is shown too. */
  read(): StepLog {
    const open = [...this.#open.values()].map((stream) => clean(stream.rest)).filter((line) => line !== '')
    const lines = [...this.#lines, ...open]
    const surplus = Math.max(0, lines.length - LINES_KEPT)
    return { lines: lines.slice(surplus), dropped: this.#dropped + surplus }
  }

  #drop(): void {
    const surplus = this.#lines.length - LINES_KEPT
    this.#lines.splice(0, surplus)
    this.#dropped += surplus
  }
}

/** A terminal shows of `10 %\r20 %\r` only what was written last. */
function clean(line: string): string {
  const shown = line.split('\r').findLast((part) => part !== '') ?? ''
  const text = stripVTControlCharacters(shown)
  return text.length > CHARACTERS_KEPT ? `${text.slice(0, CHARACTERS_KEPT)}…` : text
}
