import { describe, expect, test } from '@jest/globals'
import { ActionError } from '../../../src/errors.ts'
import { parseFlavor, parseTagRules, presetNames, presetRules } from '../../../src/stack/tag-rules/index.ts'

/** The message and the remedies of what is thrown, as one text. */
function complaintOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    expect(error.code).toBe('input')
    expect(error.message).not.toContain('\n')
    expect(error.details.length).toBeGreaterThan(0)
    return [error.message, ...error.details].join(' | ')
  }
  throw new Error('nothing was thrown')
}

describe('rules', () => {
  test('have their types, keys and defaults, sorted by priority and else as written', () => {
    const rules = parseTagRules([
      'type=sha',
      'bare',
      'type=ref,event=pr',
      'type=ref,event=branch',
      'type=edge',
      'type=match,pattern=a,group=1',
      'type=pep440,pattern={{version}}',
      'type=semver,pattern={{version}}',
      'type=schedule',
    ])
    expect(rules.map((rule) => [rule.type, rule.priority])).toEqual([
      ['schedule', 1000],
      ['pep440', 900],
      ['semver', 900],
      ['match', 800],
      ['edge', 700],
      ['ref', 600],
      ['ref', 600],
      ['raw', 200],
      ['sha', 100],
    ])
    expect(rules.map((rule) => rule.prefix)).toEqual([null, null, null, null, null, ['pr-'], null, null, ['sha-']])
    expect(rules[0]).toMatchObject({ pattern: ['nightly'], enable: ['true'], suffix: null })
    expect(rules[3]).toMatchObject({ pattern: { source: 'a', flags: '' }, group: 1, value: null })
    expect(rules[8]).toMatchObject({ format: 'short', length: null })
  })

  test('are plain data', () => {
    const rules = parseTagRules(["type=raw,value={{#if tag}}{{date 'YYYY' tz='Asia/Tokyo'}}{{/if}}", 'preset=datahub'])
    expect(JSON.parse(JSON.stringify(rules))).toEqual(rules)
  })

  test('blank lines and comments say nothing; no item, no rule', () => {
    expect(parseTagRules(['', '  ', '# type=sha', ' #x'])).toEqual([])
    expect(parseTagRules(['type=raw,a#b'])[0]).toMatchObject({ value: ['a#b'] })
  })

  test.each([
    ['quotes keep a comma', 'type=match,"pattern=\\d{1,2}"', { pattern: { source: '\\d{1,2}', flags: '' } }],
    ['flags between slashes', 'type=match,pattern=/v(.*)/i', { pattern: { source: 'v(.*)', flags: 'i' } }],
    ['keys of any case, with white space', ' TYPE=raw , Value = x ', { type: 'raw', value: ['x'] }],
    ['a value with =', 'type=raw,value=a=b', { value: ['a=b'] }],
    ['an empty value is one', 'type=raw,value=', { value: [] }],
    ['a trailing comma', 'type=edge,branch=dev,', { branch: 'dev' }],
    ['an empty branch is the default one', 'type=edge,branch=', { branch: null }],
    ['an empty prefix is a prefix', 'type=sha,prefix=', { prefix: [] }],
    ['a priority below zero', 'type=raw,x,priority=-3', { priority: -3 }],
  ])('%s: %s', (_, text, expected) => {
    expect(parseTagRules([text])[0]).toMatchObject(expected)
  })

  test.each([
    ['type=shaa', 'shaa', 'did you mean sha?'],
    ['type=', 'is not a type', 'schedule'],
    ['type=sha,formt=long', 'formt is not a key of type=sha', 'did you mean format?'],
    ['type=sha,pattern=x', 'pattern is not a key of type=sha', 'format'],
    ['type=ref,branch', 'value is not a key of type=ref', 'event'],
    ['type=ref', 'needs event', 'event=branch'],
    ['type=ref,event=', 'needs event', 'event=branch'],
    ['type=ref,event=brnach', 'brnach', 'did you mean branch?'],
    ['type=sha,format=tiny', 'tiny', 'long'],
    ['type=sha,length=3', 'length "3"', '7 to 64'],
    ['type=sha,length=0x10', '0x10', '7 to 64'],
    ['type=semver', 'needs pattern', '{{version}}'],
    ['type=semver,pattern=', 'needs pattern', '{{version}}'],
    ['type=pep440,value=1', 'needs pattern', '{{version}}'],
    ['type=match', 'needs pattern', 'for example'],
    ['type=match,pattern=(', 'Invalid regular expression', 'JavaScript'],
    ['type=match,pattern=/a/zz', 'Invalid', 'JavaScript'],
    ['type=match,pattern=a,group=x', 'group "x"', '0'],
    ['type=semver,pattern={{version}},match=[', 'Invalid regular expression', 'quote'],
    ['type=raw', 'needs value', 'type=raw,value='],
    ['type=raw,a,b', 'value is given twice', 'comma'],
    ['type=raw,type=sha', 'type is given twice', 'one rule a line'],
    ['type=raw,x,priority=high', 'priority "high"', '900'],
    ['type=raw,x,priority=NaN', 'NaN', '900'],
    ['type=raw,x,priority=1e999', '1e999', '900'],
    ['type=raw,{{brnch}}', '{{brnch}}', 'did you mean {{branch}}?'],
    ['type=raw,x,enable={{is_default}}', 'is_default', 'is_default_branch'],
    ['type=raw,{{major}}', '{{major}}', 'known are'],
    ['preset=pangoe', 'pangoe', 'did you mean pangeo?'],
    ['preset=constructor', 'constructor', 'jupyter'],
    ['type=constructor', 'constructor', 'schedule'],
    ['type=__proto__', '__proto__', 'schedule'],
    ['type=raw,__proto__=x', '__proto__ is not a key', 'value'],
    ['type=raw,"x', 'Quote', 'CSV'],
  ])('%s: says %s and %s', (text, what, remedy) => {
    const found = complaintOf(() => parseTagRules(['type=sha', text], 'input tags'))
    expect(found).toContain('input tags')
    expect(found).toContain(what)
    expect(found.split(' | ').slice(1).join(' | ')).toContain(remedy)
  })

  test('a long line is shortened in its message', () => {
    expect(complaintOf(() => parseTagRules([`type=ref,event=${'x'.repeat(5000)}`])).length).toBeLessThan(5600)
    expect(complaintOf(() => parseTagRules([`type=${'x,'.repeat(5000)}`])).length).toBeLessThan(6000)
  })
})

describe('presets', () => {
  test.each(presetNames)('%s stands for its rules, beside others', (name) => {
    const texts = (items: readonly string[]) => parseTagRules(items).map((rule) => rule.text)
    expect(texts([`preset=${name}`, 'type=raw,x'])).toEqual(texts([...presetRules(name), 'type=raw,x']))
  })
})

describe('flavor', () => {
  test('nothing said', () => {
    expect(parseFlavor([])).toEqual({
      latest: 'auto',
      prefix: [],
      prefixOnLatest: false,
      suffix: [],
      suffixOnLatest: false,
    })
  })

  test.each([
    [['latest=true'], { latest: true }],
    [['latest=false', 'latest=auto'], { latest: 'auto' }],
    [
      ['prefix=a-,onlatest=true,suffix=-b'],
      { prefix: ['a-'], prefixOnLatest: true, suffix: ['-b'], suffixOnLatest: false },
    ],
    [['prefix=a-', 'suffix=-b,onlatest=true'], { prefixOnLatest: false, suffixOnLatest: true }],
    [['prefix=', '# latest=true'], { prefix: [], latest: 'auto' }],
    [['prefix=a-,suffix=-b,onlatest=true'], { prefixOnLatest: false, suffixOnLatest: true }],
    [['LATEST=true,prefix=k=v'], { latest: true, prefix: ['k=v'] }],
    [['prefix={{branch}}-'], { prefix: [{ name: 'branch', argument: null, zone: null }, '-'] }],
  ])('%j', (items, expected) => {
    expect(parseFlavor(items)).toMatchObject(expected)
  })

  test.each([
    ['latest=yes', 'yes', 'auto'],
    ['latest', '"latest" is not', 'it can be latest'],
    ['onlatest=true', 'stands alone', 'after prefix'],
    ['latest=auto,onlatest=true', 'stands alone', 'after prefix'],
    ['prefix=a,onlatest=maybe', 'maybe', 'true'],
    ['sufix=x', 'sufix', 'did you mean suffix?'],
    ['prefix={{nope}}', '{{nope}}', 'known are'],
  ])('%s: says %s and %s', (text, what, remedy) => {
    const found = complaintOf(() => parseFlavor([text]))
    expect(found).toContain('input flavor')
    expect(found).toContain(what)
    expect(found).toContain(remedy)
  })
})
