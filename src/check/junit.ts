import sax from 'sax'
import type { Reported } from './types.ts'

/** Failures that are kept of one report, and characters of what each says. */
const shown = 50
const characters = 1000

/**
 * A JUnit report, as pytest, prove and others write it (https://github.com/testmoapp/junitxml). Entities of its own and
 * document types are not read. Throws where it is no XML or holds no test.
 */
export function readJUnit(text: string): Reported {
  const parser = sax.parser(true, { trim: false, position: false })
  const found = { passed: 0, failed: 0, skipped: 0, failures: [] as { name: string; message: string }[] }
  let open: { name: string; outcome: keyof Pick<Reported, 'passed' | 'failed' | 'skipped'>; message: string } | null =
    null
  let suites = 0
  parser.onerror = (error) => {
    throw new Error(error.message.split('\n', 1)[0] ?? '')
  }
  parser.ondoctype = () => {
    throw new Error('it has a document type, which no report needs')
  }
  parser.onopentag = ({ name, attributes }) => {
    if (name === 'testsuite' || name === 'testsuites') suites += 1
    if (name === 'testcase') open = { name: nameOf(attributes), outcome: 'passed', message: '' }
    if (!open) return
    if (name === 'skipped' && open.outcome === 'passed') open.outcome = 'skipped'
    if (name === 'failure' || name === 'error') {
      open.outcome = 'failed'
      open.message ||= String(attributes.message ?? '').slice(0, characters)
    }
  }
  parser.onclosetag = (name) => {
    if (name !== 'testcase' || !open) return
    found[open.outcome] += 1
    if (open.outcome === 'failed' && found.failures.length < shown)
      found.failures.push({ name: open.name, message: open.message })
    open = null
  }
  parser.write(text).close()
  if (suites === 0) throw new Error('it holds no testsuite')
  return found
}

/** The sum of several reports; null of none. */
export function sumReports(reports: readonly Reported[]): Reported | null {
  if (reports.length === 0) return null
  const sum = (key: 'passed' | 'failed' | 'skipped') => reports.reduce((total, report) => total + report[key], 0)
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: reports.flatMap((report) => report.failures).slice(0, shown),
  }
}

function nameOf(attributes: Readonly<Record<string, unknown>>): string {
  return [attributes.classname, attributes.name].filter(Boolean).join('.').slice(0, characters)
}
