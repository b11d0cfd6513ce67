import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ActionError } from '../../../src/errors.ts'
import { renderTemplate, type TagFacts } from '../../../src/stack/tag-rules/index.ts'
import { runOf } from './runs.ts'

const onDev = runOf('push dev')

function onRef(ref: string): TagFacts {
  return { ...onDev, trigger: { ...onDev.trigger, ref } }
}

describe('expressions', () => {
  test.each([
    ['', ''],
    ['plain text, = & <b>', 'plain text, = & <b>'],
    ['{{branch}}', 'dev'],
    ['{{ branch }}-{{sha}}', 'dev-860c190'],
    ['{{{branch}}}{{&branch}}', 'devdev'],
    ['{{sha 12}}', '860c1904a1ce'],
    ['{{tag}}|{{base_ref}}|{{is_default_branch}}|{{is_not_default_branch}}', '||false|true'],
    ["{{date 'YYYY-MM-DD HH:mm'}}", '2020-01-10 00:30'],
    ["{{commit_date 'HH' tz='Asia/Tokyo'}}", '09'],
    ['{{date}}', '2020-01-10T00:30:00Z'],
    ["{{date tz='Asia/Tokyo'}}", '2020-01-10T09:30:00+09:00'],
    ['{{#if branch}}b{{else}}n{{/if}}', 'b'],
    ['{{#if tag}}t{{else}}n{{/if}}', 'n'],
    ['{{#if tag}}t{{/if}}', ''],
    ['{{#unless tag}}u{{/unless}}', 'u'],
    ['{{#unless branch}}u{{else}}{{branch}}{{/unless}}', 'dev'],
    ['{{#if is_default_branch}}d{{else}}{{#if branch}}x{{/if}}{{/if}}', 'x'],
    ['a {{~branch~}} b', 'adevb'],
    ['{{! a note }}x', 'x'],
    ['\\{{branch}}', '{{branch}}'],
    ['}} {', '}} {'],
  ])('%s → %s', (text, expected) => {
    expect(renderTemplate(text, onDev)).toBe(expected)
  })

  test('a label as docker documents it', () => {
    expect(renderTemplate("created={{commit_date 'YYYY-MM-DDTHH:mm:ss.SSS[Z]'}}", onDev)).toBe(
      'created=2020-01-10T00:30:00.000Z',
    )
  })

  test('without a commit and its time', () => {
    const facts = { ...onDev, commit: null, commitTime: null, now: 0 }
    expect(renderTemplate("[{{sha}}] {{commit_date 'YYYY'}}", facts)).toBe('[] 1970')
  })
})

describe('what is refused', () => {
  test.each([
    ['{{constructor}}', 'constructor'],
    ['{{__proto__}}', '__proto__'],
    ['{{toString}}', 'toString'],
    ['{{hasOwnProperty "branch"}}', 'hasOwnProperty'],
    ['{{branch.constructor}}', 'plain name'],
    ['{{lookup this "constructor"}}', 'lookup'],
    ['{{this}}', 'plain name'],
    ['{{.}}', 'plain name'],
    ['{{../branch}}', 'plain name'],
    ['{{@root}}', 'plain name'],
    ['{{[a b]}}', 'a b'],
    ['{{"branch"}}', 'plain name'],
    ['{{7}}', 'plain name'],
    ['{{> file}}', 'PartialStatement'],
    ['{{#> file}}{{/file}}', 'PartialBlockStatement'],
    ['{{* decorator}}', 'Decorator'],
    ['{{#each branch}}x{{/each}}', 'each'],
    ['{{#with branch}}x{{/with}}', 'with'],
    ['{{#if branch tag}}x{{/if}}', 'if'],
    ['{{#if (lookup branch)}}x{{/if}}', 'plain name'],
    ['{{#if nope}}x{{/if}}', 'nope'],
    ['{{#if branch}}{{nope}}{{/if}}', 'nope'],
    ['{{branch "x"}}', 'branch'],
    ['{{branch tz="UTC"}}', 'branch'],
    ['{{sha 3}}', 'sha'],
    ['{{sha "x"}}', 'sha'],
    ['{{sha 7.5}}', 'sha'],
    ['{{date "YYYY" "MM"}}', 'date'],
    ['{{date "YYYY" zone="UTC"}}', 'zone='],
    ['{{date "YYYY" tz="Mars/Base"}}', 'Mars/Base'],
    ['{{date "YYYYY"}}', 'YYYYY'],
    ['{{date "LLLL"}}', 'LLLL'],
    ['{{date "DDDo"}}', 'DDDo'],
    ['{{branch', 'not a template'],
    ['{{#if branch}}', 'not a template'],
    ['{{}}', 'not a template'],
    [`${'{{#if branch}}'.repeat(500)}x${'{{/if}}'.repeat(500)}`, 'characters'],
  ])('%s: %s', (text, what) => {
    const render = () => renderTemplate(text, onDev, 'input labels')
    expect(render).toThrow(ActionError)
    expect(render).toThrow(/^input labels: /)
    expect(render).toThrow(what)
  })

  test('any text is rendered or refused in our words', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{{',
        '}}',
        '{{{',
        '#if ',
        '/if',
        'branch',
        'date ',
        "'YYYY'",
        '"',
        '\\',
        '[',
        '>',
        '(',
        '@',
        '~',
      ),
      fc.string({ maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          expect(typeof renderTemplate(pieces.join(''), onDev)).toBe('string')
        } catch (error) {
          expect(error).toBeInstanceOf(ActionError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('values are anybody’s', () => {
  test('what a branch is called is text, whatever it looks like', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('{{sha}}', '{{constructor}}', '&amp;', '\'"<>`=', '$&', '__proto__')),
        (name) => {
          expect(renderTemplate('<{{branch}}>', onRef(`refs/heads/${name}`))).toBe(`<${name}>`)
        },
      ),
    )
  })
})
