import { TestsFailed } from '../check/failed.ts'
import { readJUnit } from '../check/junit.ts'
import { outcomeOf, readResults } from '../check/results.ts'
import type { TestCase, TestReport } from '../check/types.ts'
import type { Failure } from '../report/types.ts'
import { commandText } from '../stack/spec-tests.ts'
import { readWritten } from '../tools/written-files.ts'
import type { Checked } from './check-image.ts'
import type { Ended } from './check-run.ts'
import type { Checks } from './checks.ts'
import type { ContainersRun } from './run-containers.ts'

interface Context {
  readonly checks: Checks
  readonly ended: Ended
}

/** Bytes that are read of a report, and of anything else that tests write. */
const limits = { report: 5 * 1024 * 1024, other: 64 * 1024 }

/** The verdict from what the tests wrote. */
export async function readTests({ checks, ended }: Context): Promise<TestReport> {
  const groups = checks.tests?.groups ?? []
  const written = await readWritten(ended.tests, (name) => (name.endsWith('.xml') ? limits.report : limits.other))
  const whole =
    checks.tests && written.size > 0
      ? readResults(groups, written, { read: readJUnit, platform: checks.platform })
      : null
  return whole ? { ...whole, notes: [...checks.notes, ...whole.notes] } : passedPrograms({ checks, ended })
}

/**
 * The verdict on programs that ran without a shell, one step each: those before the failed one passed, the others did not run.
 * A failure that is allowed would end those behind it, too, so it counts as one.
 */
export function passedPrograms({ checks, ended }: Context): TestReport {
  const groups = checks.tests?.groups ?? []
  const runs = ended.log
    .filter(({ name }) => name.startsWith('RUN '))
    .toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0))
  const told = runs.findIndex(({ error, number }) => error !== null || number === ended.failure?.step?.number)
  // A step that several builds have at once may fail in another one's name: it is the last that began.
  const failedRun =
    told >= 0
      ? told
      : Math.max(
          0,
          runs.findLastIndex(({ started }) => started !== null),
        )
  const failedAt = ended.failure ? failedRun : Number.POSITIVE_INFINITY
  const all = groups.flatMap((group) => group.commands.map((command) => ({ group, command })))
  const cases = all.map(({ group, command }, at): TestCase => {
    const outcome = at < failedAt ? 'passed' : at === failedAt ? 'failed' : 'skipped'
    return {
      ...{ name: commandText(command), image: group.image, kind: 'command', outcome, allowed: group.allowFailure },
      ...{ seconds: null, reported: null, place: group.place },
      reason:
        outcome === 'failed' ? (ended.failure?.message ?? '') : outcome === 'skipped' ? 'one before it failed' : '',
      tail: outcome === 'failed' ? (ended.failure?.tail ?? []) : [],
    }
  })
  const failed = cases.some((one) => one.outcome === 'failed' && !one.allowed)
  return { outcome: failed ? 'failed' : 'passed', cases, platform: checks.platform, notes: checks.notes }
}

/** What is said of an image whose tests failed: how many, the first one with its last lines and its place. */
export function failedReport({ cases }: TestReport, dockerfile: string): Failure {
  const failed = cases.filter((one) => one.outcome === 'failed' && !one.allowed)
  const [first] = failed
  const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''
  const whose = first && cases.some(({ image }) => image !== first.image) ? `${first.image}: ` : ''
  return {
    message: `${failed.length} of ${cases.length} tests failed: ${whose}${first?.name}${more}: ${first?.reason}`,
    step: null,
    dockerfile: first?.place?.file ?? dockerfile,
    line: first?.place?.line ?? null,
    tail: first?.tail ?? [],
  }
}

/** Tests that could not run to their end, and whose failure is allowed. */
export function brokenReport(failure: Failure, checks: Checks): TestReport {
  const cases = (checks.tests?.groups ?? []).slice(-1).map(
    ({ image, place }): TestCase => ({
      ...{
        name: 'the tests',
        image,
        kind: 'command',
        outcome: 'failed',
        allowed: true,
        seconds: null,
        reported: null,
        place,
      },
      ...{ reason: failure.message, tail: failure.tail },
    }),
  )
  return { outcome: 'passed', cases, platform: checks.platform, notes: checks.notes }
}

/** Why tests could not run, in words where the reason is known. */
export function noShell(failure: Failure, { image, tests }: Checks): Failure {
  const text = [failure.message, ...failure.tail].join('\n')
  if (!/\/bin\/sh\b.*no such file/.test(text)) return failure
  const place = tests?.groups.find((group) => group.place)?.place
  return {
    ...failure,
    message: `its tests need /bin/sh, which ${image.name} does not have: write them as lists in spec.yml, [program, argument], or test: false`,
    ...(place ? { dockerfile: place.file, line: place.line } : {}),
  }
}

/** With what containers came to. Throws TestsFailed where one of them fails that counts, or none could be started. */
export function withContainers(
  inside: Checked,
  { cases, failure, tested }: ContainersRun,
  { checks, dockerfile }: { readonly checks: Checks; readonly dockerfile: string },
): Checked {
  const before = inside.report ?? { outcome: 'skipped', cases: [], platform: checks.platform, notes: checks.notes }
  if (failure && !checks.containers.every((one) => one.allowFailure))
    throw new TestsFailed(unloaded(failure), before, inside.manifest)
  const notes = failure ? [...before.notes, `its containers were not started: ${failure.message}`] : before.notes
  const all = [...before.cases, ...cases]
  const report: TestReport = { ...before, cases: all, notes, outcome: outcomeOf(all) }
  if (report.outcome === 'failed') throw new TestsFailed(failedReport(report, dockerfile), report, inside.manifest)
  return { ...inside, report, tested: [...inside.tested, ...(tested ? [tested] : [])] }
}

function unloaded(failure: Failure): Failure {
  return { ...failure, message: `it could not be loaded into the engine for its tests: ${failure.message}` }
}
