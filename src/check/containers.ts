import type { ImageContainer } from '../stack/tests.ts'
import { tailOf } from './results.ts'
import type { TestCase } from './types.ts'

/** A container as its engine describes it (`docker container inspect`, State). */
export interface ContainerState {
  readonly running: boolean
  readonly exitCode: number
  readonly killedForMemory: boolean
  /** `starting`, `healthy`, `unhealthy`; null: the image has no HEALTHCHECK. */
  readonly health: string | null
  /** What the last look of the HEALTHCHECK wrote. */
  readonly healthOutput: string
}

/** What was found out about a container so far. */
export interface Observed {
  readonly state: ContainerState
  /** What each of the test's questions over HTTP was answered last: a status, or why there was none. */
  readonly answers: readonly (number | string)[]
  /** All that it wrote; null where nobody has looked. */
  readonly log: string | null
}

/** Why a container fails its test; empty: it passes; null: it is too early to tell. */
export function judge(test: ImageContainer, { state, answers, log }: Observed): string | null {
  const silent = log === null ? undefined : test.output.find((text) => !log.includes(text))
  const said = silent === undefined ? '' : `it did not write ${JSON.stringify(silent)}`
  if (test.exitCode !== null) {
    if (state.running) return null
    return state.exitCode === test.exitCode ? said : endOf(state, test.exitCode)
  }
  if (!state.running) return `${endOf(state, null)} and was to go on`
  if (!test.healthy) return pending(test, { state, answers }) || said ? null : ''
  if (state.health === null) return 'the image has no HEALTHCHECK, which healthy asks for'
  if (state.health === 'unhealthy') return `its HEALTHCHECK says that it is unhealthy${lastLook(state)}`
  return pending(test, { state, answers }) || said ? null : ''
}

/** Why a container fails whose time is over. */
export function overdue(test: ImageContainer, { state, answers, log }: Observed): string {
  const missing = test.exitCode === null ? pending(test, { state, answers }) : 'it did not end'
  const silent = test.output.find((text) => !(log ?? '').includes(text))
  const why = missing || (silent === undefined ? '' : `it did not write ${JSON.stringify(silent)}`)
  return `after ${test.timeout} s: ${why}`
}

/** A container's test as a case of the report. */
export function containerCase(
  test: ImageContainer,
  { reason, log, seconds }: { readonly reason: string; readonly log: string; readonly seconds: number },
): TestCase {
  return {
    ...{ name: test.name, image: test.image, kind: 'container', outcome: reason === '' ? 'passed' : 'failed' },
    ...{ allowed: test.allowFailure, seconds, reason, reported: null, place: test.place },
    tail: tailOf(log),
  }
}

function endOf({ exitCode, killedForMemory }: ContainerState, expected: number | null): string {
  const memory = killedForMemory ? ', for want of memory' : ''
  return `it ended with exit code ${exitCode}${memory}${expected === null ? '' : `, not ${expected}`}`
}

/** What a server still lacks; empty: nothing. */
function pending(test: ImageContainer, { state, answers }: Pick<Observed, 'state' | 'answers'>): string {
  const asked = test.http.flatMap(({ port, path, status }, at) => {
    const answer = answers[at] ?? 'it was not asked yet'
    if (answer === status) return []
    return [
      `http ${port}${path} ${typeof answer === 'number' ? `answers ${answer}, not ${status}` : `has no answer: ${answer}`}`,
    ]
  })
  const health = test.healthy && state.health !== 'healthy' ? [`its health is ${state.health}${lastLook(state)}`] : []
  return [...asked, ...health].join('; ')
}

function lastLook({ healthOutput }: ContainerState): string {
  const line = healthOutput.trim().split('\n').at(-1)?.slice(0, 200)
  return line ? `: ${line}` : ''
}
