import { stripVTControlCharacters } from 'node:util'
import { messageOf } from '../errors.ts'
import { commandText } from '../stack/spec-tests.ts'
import type { TestGroup } from '../stack/tests.ts'
import { sumReports } from './junit.ts'
import type { CaseOutcome, Reported, TestCase, TestReport } from './types.ts'

/** What tests wrote, by path: `0-1.status`, `0-1.reports/pytest.xml`. Untrusted. */
export type Written = ReadonlyMap<string, string>

/** Cases of one group that are read, lines of a log that are kept, and characters of a line. */
const mostCases = 1000
const lines = 20
const characters = 1000

/**
 * The verdict on tests from what they wrote. A group that does not say that it came to its end has failed, and so has a
 * command that ended well while its report tells of failures. `read` reads a JUnit report and throws where it is none.
 */
export function readResults(
  groups: readonly TestGroup[],
  written: Written,
  { read, platform }: { read: (text: string) => Reported; platform: string | null },
): TestReport {
  const notes: string[] = []
  const cases = groups.flatMap((group, at) =>
    groupCases(group, at, written, (id) => reportsOf(id, written, read, notes)),
  )
  return { outcome: outcomeOf(cases), cases, platform, notes }
}

/** What tests come to: failed by one that counts, passed by one that ran. */
export function outcomeOf(cases: readonly TestCase[]): CaseOutcome {
  if (cases.some((one) => one.outcome === 'failed' && !one.allowed)) return 'failed'
  return cases.some((one) => one.outcome !== 'skipped') ? 'passed' : 'skipped'
}

function groupCases(
  group: TestGroup,
  at: number,
  written: Written,
  reported: (id: string) => Reported | null,
): TestCase[] {
  const ended = Number(written.get(`${at}.done`) ?? Number.NaN)
  const cases: TestCase[] = []
  for (let number = 1; number <= mostCases; number++) {
    const id = `${at}-${number}`
    const command = group.commands[number - 1]
    if (command === undefined && !written.has(`${id}.kind`)) break
    cases.push(caseOf({ group, id, name: command === undefined ? null : commandText(command), written, reported }))
  }
  if (Number.isInteger(ended) && ended === cases.length) return cases
  const broken = { ...blank(group), name: 'the tests', outcome: 'failed' as const }
  return [...cases, { ...broken, reason: 'they ended before the last one, or there are too many' }]
}

function caseOf({
  group,
  id,
  name,
  written,
  reported,
}: {
  group: TestGroup
  id: string
  name: string | null
  written: Written
  reported: (id: string) => Reported | null
}): TestCase {
  const status = written.get(`${id}.status`)
  const log = written.get(`${id}.log`) ?? ''
  const seconds = Number(written.get(`${id}.seconds`) ?? Number.NaN)
  const report = reported(id)
  const kind = name === null ? kindOf(written.get(`${id}.kind`)) : 'command'
  const own = { ...blank(group), kind, name: name ?? (written.get(`${id}.name`) ?? '').slice(0, characters) }
  if (status === 'skip') return { ...own, outcome: 'skipped', reason: log.slice(0, 200) }
  const failed = status !== '0' || (report?.failed ?? 0) > 0
  return {
    ...own,
    outcome: failed ? 'failed' : 'passed',
    seconds: Number.isInteger(seconds) && seconds >= 0 ? seconds : null,
    reason: failed ? reasonOf(status, report) : '',
    tail: tailOf(log),
    reported: report,
    place: kind === 'command' ? group.place : group.folder === null ? null : { file: group.folder, line: null },
  }
}

function blank(group: TestGroup): TestCase {
  return {
    ...{ name: '', image: group.image, kind: 'command', outcome: 'passed', allowed: group.allowFailure },
    ...{ seconds: null, reason: '', tail: [], reported: null, place: group.place },
  } as TestCase
}

function kindOf(text: string | undefined): TestCase['kind'] {
  return (['script', 'pytest', 'notebook'] as const).find((kind) => kind === text) ?? 'script'
}

function reasonOf(status: string | undefined, report: Reported | null): string {
  const failures = report && report.failed > 0 ? `${report.failed} of ${sum(report)} cases failed` : ''
  if (status === '0') return `it ended with exit code 0, but its report says: ${failures}`
  const end = /^\d{1,3}$/.test(status ?? '') ? `it ended with exit code ${status}` : 'it did not come to its end'
  return failures ? `${end}: ${failures}` : end
}

function sum({ passed, failed, skipped }: Reported): number {
  return passed + failed + skipped
}

/** The last lines of a log; a terminal shows of `10 %\r20 %\r` only what was written last. */
export function tailOf(log: string): string[] {
  const text = log.replace(/\n$/, '')
  if (text === '') return []
  return text
    .split('\n')
    .slice(-lines)
    .map((line) => stripVTControlCharacters(line.replace(/\r$/, '').split('\r').at(-1) ?? ''))
    .map((line) => (line.length > characters ? `${line.slice(0, characters)}…` : line))
}

function reportsOf(id: string, written: Written, read: (text: string) => Reported, notes: string[]): Reported | null {
  const found = [...written].filter(([path]) => path.startsWith(`${id}.reports/`) && path.endsWith('.xml'))
  return sumReports(
    found.flatMap(([path, text]) => {
      try {
        return [read(text)]
      } catch (error) {
        notes.push(`${path.slice(path.indexOf('/') + 1)} was not read: ${messageOf(error)}`)
        return []
      }
    }),
  )
}
