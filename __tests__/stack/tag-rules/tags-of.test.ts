import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseFlavor, parseTagRules, type TagFacts, tagName, tagsOf } from '../../../src/stack/tag-rules/index.ts'
import { runOf } from './runs.ts'

const valid = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
const dev = runOf('push dev')

function tags(facts: TagFacts, rules: readonly string[], flavor: readonly string[] = []) {
  return tagsOf({ rules: parseTagRules(rules), flavor: parseFlavor(flavor), facts })
}

function onRef(ref: string): TagFacts {
  return { ...dev, trigger: { ...dev.trigger, ref } }
}

describe('immutable and moving', () => {
  test.each([
    ['type=sha', true],
    ['type=sha,format=long', true],
    ['type=sha,prefix={{branch}}-', true],
    ["type=raw,value={{date 'YYYYMMDD'}}-{{sha}}", true],
    ["type=sha,prefix=,suffix=-{{date 'YYYYMMDD'}}", true],
    ['type=raw,x,suffix=-{{sha}}', true],
    ['type=ref,event=branch,prefix={{sha}}-', true],
    ['type=raw,value={{#if branch}}{{sha}}{{/if}}', true],
    ['type=semver,pattern={{version}}-{{sha}},value=1.2.3', true],
    ['type=raw,value={{#if tag}}{{sha}}{{else}}x{{/if}}', false],
    ['type=raw,value={{#if sha}}x{{/if}}', true],
    ['type=semver,pattern={{version}}-{{sha}},value=1.2.3-rc.1', false],
    ['type=ref,event=branch', false],
    ['type=edge,branch=dev', false],
    ['type=raw,860c190', false],
    ["type=raw,value={{date 'YYYYMMDD'}}", false],
    ['type=match,pattern=.*,value={{sha}}', false],
    [`type=raw,value=${'x'.repeat(125)}{{sha}}`, false],
  ])('%s: %s', (rule, immutable) => {
    const found = tags(dev, [rule], ['latest=false'])
    expect(found.tags).toHaveLength(1)
    expect(immutable ? found.immutable : found.moving).toEqual(found.tags)
    expect(immutable ? found.moving : found.immutable).toEqual([])
  })

  test('latest moves; a tag that one rule makes immutable is never moved by another', () => {
    const found = tags(dev, ['type=raw,860c190', 'type=sha,prefix='], ['latest=true'])
    expect(found).toMatchObject({
      tags: ['860c190', 'latest'],
      immutable: ['860c190'],
      moving: ['latest'],
      latest: true,
    })
  })

  test('a flavor with the commit makes all of them immutable, latest too only where it says so', () => {
    expect(tags(dev, ['type=raw,x'], ['latest=true', 'suffix=-{{sha}}'])).toMatchObject({
      immutable: ['x-860c190'],
      moving: ['latest'],
    })
  })

  test('without a commit nothing is immutable', () => {
    const facts = { ...dev, commit: null }
    expect(tags(facts, ['type=sha', 'type=raw,x-{{sha}}'])).toMatchObject({ tags: ['x-'], immutable: [] })
  })
})

describe('a text as a tag', () => {
  test.each([
    ['feature/x', 'feature-x'],
    ['my/feature#1245', 'my-feature-1245'],
    ['ünï', 'n-'],
    ['日本', null],
    ['-.-x', 'x'],
    ['.', null],
    ['', null],
    ['a'.repeat(200), 'a'.repeat(128)],
    [`fp-${'0'.repeat(32)}`, null],
    [`.fp-${'0'.repeat(32)}`, null],
    [`fp-${'0'.repeat(31)}`, `fp-${'0'.repeat(31)}`],
    ['a\nb\u001b[31m', 'a-b-31m'],
  ])('%j is %j', (text, expected) => {
    const found = tagName(text)
    expect('tag' in found ? found.tag : null).toBe(expected)
  })

  test('leaves room for the name of a variant', () => {
    expect(tagName('a'.repeat(200), 28)).toEqual({ tag: 'a'.repeat(100), cut: true })
  })

  test('whatever branch, tag or pull request it is: valid tags, each once', () => {
    const ref = fc.tuple(
      fc.constantFrom('refs/heads/', 'refs/tags/', 'refs/pull/', ''),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.stringMatching(/^[fv.0-9/-]{1,20}$/)),
    )
    const rules = [
      ...['type=ref,event=branch', 'type=ref,event=tag', 'type=ref,event=pr', 'type=sha,prefix={{branch}}-'],
      ...['type=semver,pattern={{version}}', 'type=pep440,pattern={{major}}.{{minor}}', 'type=match,pattern=\\d+(.*)'],
      ...['type=raw,value={{tag}}', 'type=raw,value=-{{branch}}', 'type=edge'],
    ]
    const flavor = fc.constantFrom(
      [],
      ['latest=true', 'prefix=.{{branch}},onlatest=true'],
      ['suffix=-{{tag}},onlatest=true'],
    )
    const parsed = parseTagRules(rules)
    fc.assert(
      fc.property(ref, flavor, fc.integer({ min: 0, max: 60 }), ([kind, name], items, reserve) => {
        const found = tagsOf({ rules: parsed, flavor: parseFlavor(items), facts: onRef(kind + name), reserve })
        for (const tag of found.tags) {
          expect(tag).toMatch(valid)
          expect(tag.length).toBeLessThanOrEqual(128 - reserve)
          expect(tag).not.toMatch(/^fp-[0-9a-f]{32}$/)
        }
        expect(new Set(found.tags).size).toBe(found.tags.length)
        expect([...found.immutable, ...found.moving].sort()).toEqual([...found.tags].sort())
        expect(found.version).toBe(found.tags[0] ?? null)
      }),
      { numRuns: 500 },
    )
  })
})

describe('rules that give nothing say why', () => {
  test.each([
    ['type=semver,pattern={{version}}', 'release1', 'no version of the kind semver'],
    ['type=pep440,pattern={{version}}', 'release1', 'no version of the kind pep440'],
    ['type=match,pattern=^v', 'release1', 'does not match'],
    ['type=match,pattern=r,group=2', 'release1', 'no group 2'],
    ['type=raw,value={{tag}}', '日本', 'nothing of it'],
    ['type=ref,event=tag', `fp-${'a'.repeat(32)}`, 'fingerprints'],
  ])('%s on %s: %s', (rule, tag, note) => {
    const found = tags(onRef(`refs/tags/${tag}`), [rule])
    expect(found.tags).toEqual([])
    expect(found.latest).toBe(false)
    expect(found.notes).toHaveLength(1)
    expect(found.notes[0]).toContain(rule)
    expect(found.notes[0]).toContain(note)
  })

  test('rules for other events need no note', () => {
    expect(
      tags(dev, ['type=schedule', 'type=ref,event=tag', 'type=edge', 'type=semver,pattern={{raw}}']).notes,
    ).toEqual([])
  })
})

describe('what comes from elsewhere', () => {
  test('enable must come out as true or false', () => {
    expect(() => tags(dev, ['type=raw,x,enable={{branch}}'])).toThrow(/enable is "dev"/)
    expect(() => tags(dev, ['type=raw,x,enable='])).toThrow(/enable is ""/)
  })

  test('an expression that runs away on a name is ended, and matches nothing', () => {
    const before = performance.now()
    const found = tags(onRef(`refs/tags/${'a'.repeat(60)}!`), ['type=match,pattern=^(a+)+$'])
    expect(found.tags).toEqual([])
    expect(performance.now() - before).toBeLessThan(5000)
  })

  test('a pull request that a comment names is one, whatever the ref', () => {
    const pullRequest = runOf('pull_request 15').trigger.pullRequest
    const facts = { ...dev, trigger: { ...dev.trigger, pullRequest } }
    expect(tags(facts, ['type=ref,event=pr', 'type=ref,event=branch', 'type=raw,x{{branch}}']).tags).toEqual([
      'pr-15',
      'x',
    ])
  })
})

test('a slash in a git tag is a dash in its version', () => {
  expect(tags(onRef('refs/tags/v1.2.3/rc1'), ['type=semver,pattern={{version}}']).tags).toEqual(['1.2.3-rc1'])
})

describe('presets', () => {
  test.each([
    ['pangeo', 'push master', ['master', '2665741']],
    ['pangeo', 'push my/feature#1245', ['my-feature-1245', '983315b']],
    ['pangeo', 'tag v1.1.1', ['v1.1.1', '860c190', 'latest']],
    ['pangeo', 'pull_request 15', ['pr-15', 'a9c8c58']],
    ['datahub', 'push master', ['2020.1-master', '2020.1-2665741']],
    ['datahub', 'push dev', ['2020.1-dev', '2020.1-860c190']],
    ['jupyter', 'push master', ['266574110acf', '2020-01-10', 'latest']],
    ['jupyter', 'push dev', ['860c1904a1ce']],
    ['jupyter', 'schedule', ['860c1904a1ce', '2020-01-10', 'latest']],
  ])('%s, %s', (preset, run, expected) => {
    expect(tags(runOf(run), [`preset=${preset}`]).tags).toEqual(expected)
  })
})
