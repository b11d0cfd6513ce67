import { describe, expect, it } from '@jest/globals'
import { readJUnit, sumReports } from '../../src/check/junit.ts'
import { outcomeOf, readResults, tailOf } from '../../src/check/results.ts'
import type { TestCase } from '../../src/check/types.ts'
import type { TestGroup } from '../../src/stack/tests.ts'

const group = (overrides: Partial<TestGroup> = {}): TestGroup => ({
  image: 'base',
  commands: ['one', ['two', 'x']],
  folder: null,
  network: 'none',
  allowFailure: false,
  place: null,
  ...overrides,
})
const options = { read: readJUnit, platform: null }
const passed = { '0-1.status': '0', '0-2.status': '0', '0.done': '2' }
const read = (files: Readonly<Record<string, string>>, groups = [group()]) =>
  readResults(groups, new Map(Object.entries(files)), options)

describe('readResults', () => {
  it.each<[string, Record<string, string>, string, RegExp]>([
    ['all passed', passed, 'passed', /^$/],
    ['an exit code', { ...passed, '0-1.status': '3' }, 'failed', /exit code 3$/],
    ['no end of the last case', { '0-1.status': '0' }, 'failed', /did not come to its end/],
    ['no end of the group', { '0-1.status': '0', '0-2.status': '0' }, 'failed', /ended before the last one/],
    ['a case that nobody ran', { ...passed, '0-3.kind': 'script', '0-3.status': '0' }, 'failed', /ended before/],
    ['an end that is no number', { ...passed, '0.done': 'all' }, 'failed', /ended before/],
    ['a status of other words', { ...passed, '0-1.status': 'fine' }, 'failed', /did not come to its end/],
    [
      'a report against the exit code',
      { ...passed, '0-1.reports/a.xml': '<testsuite><testcase name="t"><error/></testcase></testsuite>' },
      'failed',
      /exit code 0, but its report says: 1 of 1 cases failed/,
    ],
  ])('%s', (_title, files, outcome, reason) => {
    const report = read(files)
    expect(report.outcome).toBe(outcome)
    expect(report.cases.map((one) => one.reason).find((text) => text !== '') ?? '').toMatch(reason)
  })

  it('takes a failure that is allowed for none', () => {
    const report = read({ ...passed, '0-2.status': '1' }, [group({ allowFailure: true })])
    expect([report.outcome, report.cases.map(({ outcome }) => outcome)]).toEqual(['passed', ['passed', 'failed']])
  })

  it('keeps the order of groups, and whose they are', () => {
    const groups = [group({ commands: ['a'] }), group({ image: 'child', commands: ['b'], folder: 'child/tests' })]
    const files = { '0-1.status': '0', '0.done': '1', '1-1.status': '0', '1-2.kind': 'notebook', '1-2.name': 'n.ipynb' }
    const { cases } = read({ ...files, '1-2.status': 'skip', '1-2.log': 'no tool', '1.done': '2' }, groups)
    expect(cases.map(({ image, kind, name, outcome, reason }) => [image, kind, name, outcome, reason])).toEqual([
      ['base', 'command', 'a', 'passed', ''],
      ['child', 'command', 'b', 'passed', ''],
      ['child', 'notebook', 'n.ipynb', 'skipped', 'no tool'],
    ])
  })

  it('reads no more cases than a thousand', () => {
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`0-${at + 1}.kind`, 'script']))
    expect(read(files).cases).toHaveLength(1001)
  })
})

it('passes nothing where nothing ran', () => {
  expect(outcomeOf([])).toBe('skipped')
  expect(outcomeOf([{ outcome: 'skipped' } as TestCase])).toBe('skipped')
})

describe('tailOf', () => {
  it.each([
    ['', []],
    ['a\n', ['a']],
    ['10 %\r20 %\r\nb\u001b[31mc', ['20 %', 'bc']],
    ['\n\n', ['', '']],
  ])('%j', (log, lines) => {
    expect(tailOf(log)).toEqual(lines)
  })

  it('cuts lines and shows the last twenty', () => {
    const tail = tailOf(`${'x\n'.repeat(100)}${'y'.repeat(5000)}`)
    expect([tail.length, tail.at(-1)?.length]).toEqual([20, 1001])
  })
})

describe('readJUnit', () => {
  it.each([
    [
      'pytest’s',
      '<?xml version="1.0"?><testsuites><testsuite tests="2"><testcase classname="a.B" name="c"/><testcase name="d"><skipped message="x"/></testcase></testsuite></testsuites>',
      [1, 0, 1],
      [],
    ],
    [
      'nested suites',
      '<testsuites><testsuite><testsuite><testcase name="c"><failure message="m">text</failure></testcase></testsuite></testsuite></testsuites>',
      [0, 1, 0],
      [{ name: 'c', message: 'm' }],
    ],
    [
      'an error besides a failure',
      '<testsuite><testcase name="c"><failure message="m"/><error message="n"/></testcase></testsuite>',
      [0, 1, 0],
      [{ name: 'c', message: 'm' }],
    ],
    ['an empty one', '<testsuite/>', [0, 0, 0], []],
    [
      'characters',
      '<testsuite><testcase name="&lt;&#x202e;"><failure><![CDATA[<x>]]></failure></testcase></testsuite>',
      [0, 1, 0],
      [{ name: '<\u202e', message: '' }],
    ],
  ])('%s', (_title, text, counts, failures) => {
    const report = readJUnit(text)
    expect([[report.passed, report.failed, report.skipped], report.failures]).toEqual([counts, failures])
  })

  it.each([
    ['half of one', '<testsuite><testcase'],
    ['no XML', 'ok 1 - it works'],
    ['nothing', ''],
    ['another document', '<html/>'],
    ['entities of its own', '<!DOCTYPE x [<!ENTITY a "b">]><testsuite/>'],
    ['an entity that nobody knows', '<testsuite><testcase name="&a;"/></testsuite>'],
    ['a file of the machine', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><testsuite/>'],
  ])('refuses %s', (_title, text) => {
    expect(() => readJUnit(text)).toThrow()
  })

  it('reads 5 MiB in a second, and keeps fifty failures', () => {
    const one = `<testcase name="t"><failure message="${'m'.repeat(3000)}"/></testcase>`
    const started = performance.now()
    const report = readJUnit(`<testsuite>${one.repeat(1700)}</testsuite>`)
    expect(performance.now() - started).toBeLessThan(3000)
    expect([report.failed, report.failures.length, report.failures[0]?.message.length]).toEqual([1700, 50, 1000])
  })

  it('adds up', () => {
    expect(sumReports([])).toBeNull()
    const one = readJUnit('<testsuite><testcase name="a"/></testsuite>')
    expect(sumReports([one, one])).toMatchObject({ passed: 2, failed: 0 })
  })
})
