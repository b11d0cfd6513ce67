import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseCommand, parseV1, parseV2 } from '../../../sandbox/runner/command-parser.ts'

const known = new Set(['cmd', 'error', 'set-output'])
const command = (version: 1 | 2, properties: Record<string, string>, data: string, name = 'cmd') => ({
  name,
  properties,
  data,
  version,
})

describe('the newer form', () => {
  it.each([
    ['::cmd::', command(2, {}, '')],
    ['::cmd::text', command(2, {}, 'text')],
    ['  \t::cmd::text', command(2, {}, 'text')],
    ['\u0085::cmd::text', command(2, {}, 'text')],
    ['::CMD::text', command(2, {}, 'text', 'CMD')],
    ['::cmd a=b::text', command(2, { a: 'b' }, 'text')],
    ['::cmd A=b,c=d,::text', command(2, { a: 'b', c: 'd' }, 'text')],
    ['::cmd  a=b ::text', command(2, { a: 'b' }, 'text')],
    ['::cmd a=b c,d=e=f::x', command(2, { a: 'b c', d: 'e=f' }, 'x')],
    ['::cmd a=,=b,c==d,e==::', command(2, { c: 'd' }, '')],
    ['::cmd a=%2C%3A%0D%0A%25::%2C%3A%0D%0A%25', command(2, { a: ',:\r\n%' }, '%2C%3A\r\n%')],
    ['::cmd a=%252C::%250A', command(2, { a: '%2C' }, '%0A')],
    ['::cmd::a::b', command(2, {}, 'a::b')],
    ['::cmd a=b:c::d', command(2, { a: 'b:c' }, 'd')],
  ])('reads %j', (line, expected) => expect(parseV2(line, known)).toEqual(expected))

  it.each([
    'x ::cmd::text',
    '#12 0.341 ::error::text',
    '\u001b[0m::cmd::text',
    '\uFEFF::cmd::text',
    '::cmd text',
    ':: cmd::text',
    '::other::text',
    ':cmd::text',
    '',
  ])('takes %j for text', (line) => expect(parseCommand(line, known)).toBeNull())
})

describe('the older form', () => {
  it.each([
    ['##[cmd]', command(1, {}, '')],
    ['##[cmd]text', command(1, {}, 'text')],
    ['#12 0.341 ##[set-output name=digest]sha256:1', command(1, { name: 'digest' }, 'sha256:1', 'set-output')],
    ['##[cmd a=b;c=d;]text', command(1, { a: 'b', c: 'd' }, 'text')],
    ['##[cmd a=%3B%0D%0A%5D%25;]%3B%0D%0A%5D%25', command(1, { a: ';\r\n]%' }, ';\r\n]%')],
    ['##[cmd a=%253B]%250A', command(1, { a: '%3B' }, '%0A')],
    ['##[cmd a=]x]y', command(1, {}, 'x]y')],
    ['##[error]a ##[cmd]b', command(1, {}, 'a ##[cmd]b', 'error')],
  ])('reads %j', (line, expected) => expect(parseV1(line, known)).toEqual(expected))

  it.each(['##[cmd', '##[other]##[cmd]x', '#[cmd]x', '##[ cmd]x'])('takes %j for text', (line) =>
    expect(parseCommand(line, known)).toBeNull(),
  )
})

it('falls back from an unknown newer command to an older one in the same line', () =>
  expect(parseCommand('::note::##[cmd]x', known)).toEqual(command(1, {}, 'x')))

it('reads back what the toolkit escapes', () => {
  const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
  const value = fc.string({ minLength: 1 }).filter((text) => !/^[=\s]|\s$/.test(text))
  fc.assert(
    fc.property(fc.string(), value, (text, title) => {
      expect(parseV2(`::cmd title=${property(title)}::${data(text)}`, known)).toEqual(command(2, { title }, text))
    }),
  )
})
