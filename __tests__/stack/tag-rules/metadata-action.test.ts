import { describe, expect, test } from '@jest/globals'
import { parseFlavor, parseTagRules, tagsOf } from '../../../src/stack/tag-rules/index.ts'
import { rows } from './metadata-rows.ts'
import { runOf } from './runs.ts'

function tags(run: string, rules: readonly string[], flavor: readonly string[] = []) {
  return tagsOf({ rules: parseTagRules(rules), flavor: parseFlavor(flavor), facts: runOf(run) })
}

describe('the tags that metadata-action gives', () => {
  test.each(rows)('%s: %j %j', (run, rules, flavor, expected) => {
    const found = tags(run, rules, flavor)
    // A tag that two rules give is listed once here.
    expect(found.tags).toEqual([...new Set(expected)])
    expect(found.version).toBe(expected[0] ?? null)
    expect([...found.immutable, ...found.moving].sort()).toEqual([...found.tags].sort())
  })

  test('the table holds every type of rule, the fixtures’ events, and enough rows', () => {
    const text = JSON.stringify(rows)
    for (const type of ['schedule', 'semver', 'pep440', 'match', 'edge', 'ref', 'raw', 'sha'])
      expect(text).toContain(`type=${type}`)
    expect(new Set(rows.map(([run]) => run)).size).toBeGreaterThan(20)
    expect(rows.length).toBeGreaterThan(120)
  })
})

describe('where this is not the same', () => {
  test.each([
    ['a leading dash, which no registry takes, goes', 'push dev', ['type=raw,value={{tag}}-x'], ['x']],
    ['a tag of nothing but dashes is none', 'push dev', ['type=raw,value={{tag}}-'], []],
    ['{{date}} without a format is ISO 8601', 'push dev', ['type=raw,value={{date}}'], ['2020-01-10T00-30-00Z']],
    ['the branch of a schedule is the default branch', 'schedule', ['type=edge'], ['edge']],
    ['{{#if}} takes false for false', 'push dev', ['type=raw,value={{#if is_default_branch}}a{{else}}b{{/if}}'], ['b']],
    [
      'a version pattern can name the commit',
      'tag 1.2',
      ['type=pep440,pattern={{version}}-{{sha}}'],
      ['1.2-860c190', 'latest'],
    ],
    [
      'sha has a length',
      'push dev',
      ['type=sha,prefix=,length=12', 'type=raw,{{sha 8}}'],
      ['860c1904', '860c1904a1ce'],
    ],
    ['a rule in quotes is read as its inner line', 'push dev', ['"type=raw,""value=c,d"""'], ['c-d']],
  ])('%s', (_, run, rules, expected) => {
    expect(tags(run, rules).tags).toEqual(expected)
  })

  test('nothing is escaped for HTML', () => {
    const trigger = { ...runOf('push dev').trigger, ref: 'refs/heads/a&b=c' }
    const facts = { ...runOf('push dev'), trigger }
    expect(tagsOf({ rules: parseTagRules(['type=raw,x-{{branch}}']), flavor: parseFlavor([]), facts }).tags).toEqual([
      'x-a-b-c',
    ])
  })

  test('a flavor’s templates hold for latest too', () => {
    expect(tags('tag v1.1.1', ['type=ref,event=tag'], ['suffix=-{{sha}},onlatest=true']).tags).toEqual([
      'v1.1.1-860c190',
      'latest-860c190',
    ])
  })
})
