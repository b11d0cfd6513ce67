import type { TestCase, TestReport } from '../check/types.ts'
import { count, formatDuration } from './format.ts'
import { fileLink } from './links.ts'
import { code, details, fence, inline, link, table } from './markdown.ts'
import type { Section } from './sections.ts'
import type { ImageResult, RunResult } from './types.ts'

/** Cases that are listed of one image, and failures of one report. */
const CASES = 40
const REPORTED = 10

const ICONS = { passed: '✅', failed: '❌', skipped: '⏭️' } as const

/** The tests of an image in a few words: `5 passed`, `1 of 5 failed`, `4 passed, 1 failure allowed`; empty without any. */
export function testsText({ tests }: Pick<ImageResult, 'tests'>): string {
  if (!tests) return ''
  const of = (outcome: TestCase['outcome']) => tests.cases.filter((one) => one.outcome === outcome)
  const failed = of('failed')
  const red = failed.filter(({ allowed }) => !allowed).length
  if (red > 0) return `${red} of ${tests.cases.length} failed`
  const parts = [
    of('passed').length > 0 ? `${of('passed').length} passed` : '',
    failed.length > 0 ? `${count(failed.length, 'failure')} allowed` : '',
    of('skipped').length > 0 || tests.cases.length === 0 ? `${of('skipped').length || ''} not run`.trim() : '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** Below the failed images: their cases, and failures that are allowed; then all tests, folded. */
export function testSections(result: RunResult): Section[] {
  const tested = result.images.flatMap((image) => (image.tests ? [{ image, tests: image.tests }] : []))
  if (tested.length === 0) return []
  const loud = tested.filter(({ tests }) => tests.cases.some((one) => one.outcome === 'failed'))
  const notes = tested.flatMap(({ image, tests }) =>
    tests.notes.map((note) => `- ${inline(image.name)}: ${inline(note)}`),
  )
  return [
    ...loud.map(({ image, tests }) => ({
      rank: 1,
      name: 'tests that failed',
      markdown: failedTests(result, image, tests),
    })),
    { rank: 5, name: 'the tests', markdown: details(`Tests: ${summary(tested)}`, allTests(tested)) },
    { rank: 4, name: 'what was not tested', markdown: notes.slice(0, CASES).join('\n') },
  ]
}

/** What of the tests is worth a line in a terminal besides failures: what is allowed to fail, and what did not run. */
export function testRemarks({ images }: RunResult): string[] {
  return images.flatMap(({ name, tests }) => [
    ...(tests?.notes ?? []).map((note) => `${name}: ${note}`),
    ...(tests?.cases ?? []).flatMap((one) =>
      one.outcome === 'passed' || (one.outcome === 'failed' && !one.allowed)
        ? []
        : [`${name}: ${one.name}: ${one.outcome === 'failed' ? 'failed, which is allowed' : 'not run'}: ${one.reason}`],
    ),
  ])
}

function summary(tested: readonly { readonly tests: TestReport }[]): string {
  const cases = tested.flatMap(({ tests }) => tests.cases)
  const passed = cases.filter(({ outcome }) => outcome === 'passed').length
  return `${passed} of ${count(cases.length, 'test')} passed in ${count(tested.length, 'image')}`
}

function failedTests(result: RunResult, image: ImageResult, { cases }: TestReport): string {
  const failed = cases.filter(({ outcome }) => outcome === 'failed')
  const parts = failed.slice(0, CASES).map((one, at) => {
    const where = one.place && link(inline(one.place.file), fileLink(result, one.place.file, one.place.line))
    const head = [`${one.allowed ? '⚠️' : '❌'} ${code(one.name, 200)}`, inline(one.reason), where]
      .filter(Boolean)
      .join(' · ')
    const reported = (one.reported?.failures ?? [])
      .slice(0, REPORTED)
      .map(({ name, message }) => `- ${code(name, 200)} ${inline(message, 300)}`)
    // The first one's last lines stand with the image's failure already.
    const tail = (at > 0 || one.allowed) && one.tail.length > 0 ? [fence(one.tail.join('\n'))] : []
    return [head, reported.join('\n'), ...tail].filter((part) => part !== '').join('\n\n')
  })
  const rest = failed.length > CASES ? [`${failed.length - CASES} more failed.`] : []
  return [`### Tests of ${inline(image.name)}`, ...parts, ...rest].join('\n\n')
}

function allTests(tested: readonly { readonly image: ImageResult; readonly tests: TestReport }[]): string {
  const rows = tested.flatMap(({ image, tests }) =>
    tests.cases
      .slice(0, CASES)
      .map((one) => [
        ICONS[one.outcome],
        inline(image.name),
        `${code(one.name, 120)}${one.image === image.name ? '' : ` of ${inline(one.image)}`}`,
        one.reported ? reportedText(one.reported) : '',
        one.seconds === null ? '' : formatDuration(one.seconds * 1000),
      ]),
  )
  return table(['', 'image', 'test', 'reported', 'time'], rows)
}

function reportedText({ passed, failed, skipped }: NonNullable<TestCase['reported']>): string {
  return [`${passed} passed`, failed > 0 ? `${failed} failed` : '', skipped > 0 ? `${skipped} skipped` : '']
    .filter((part) => part !== '')
    .join(', ')
}
