import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type ListSyntax, readList, readPairs } from '../src/lists.ts'

const lines: ListSyntax = { separator: 'lines' }
const commas: ListSyntax = { separator: 'lines-or-commas' }
const raw: ListSyntax = { separator: 'lines', quote: false }
const untrimmed: ListSyntax = { separator: 'lines', trim: false }

/** What docker/actions-toolkit 0.101 gives for the same text (`Util.getList`), but for items of white space alone. */
describe('readList', () => {
  it.each<[string, string, ListSyntax, string[]]>([
    ['nothing', '', commas, []],
    ['white space', ' \n\t\n ', commas, []],
    ['lines', 'a\nb\n\nc\n', lines, ['a', 'b', 'c']],
    ['CRLF', 'a\r\nb\r\n', lines, ['a', 'b']],
    ['commas', 'a,b, c ,,d', commas, ['a', 'b', 'c', 'd']],
    ['both', 'a,b\nc', commas, ['a', 'b', 'c']],
    ['commas belong to the value', 'A=1,2,3\nB=x', lines, ['A=1,2,3', 'B=x']],
    ['white space around', '  a  \n\tb', lines, ['a', 'b']],
    ['a quoted comma', 'a,"b,c"', commas, ['a', 'b,c']],
    ['a line that is one quoted cell', '"a,b"', commas, ['a', 'b']],
    ['a quoted line end', '"A=1\n2"\nB=3', lines, ['A=1\n2', 'B=3']],
    ['a doubled quote', '"A=""x"""', lines, ['A="x"']],
    ['quotes inside', 'A="x y"\nB="', lines, ['A="x y"', 'B="']],
    ['a number sign is no comment', '# a\nb#c', lines, ['# a', 'b#c']],
    ['quote: false', '"a,b"\nc="d', raw, ['"a,b"', 'c="d']],
    ['trim: false', ' a=1 \n   \nb= 2', untrimmed, [' a=1 ', 'b= 2']],
    ['a byte order mark is text', '\uFEFFa', lines, ['a']],
    ['two cells and one in quotes', '"a\nb",c', commas, ['a\nb', 'c']],
  ])('%s', (_title, text, syntax, items) => {
    expect(readList(text, syntax)).toEqual(items)
  })

  it('refuses a quote that does not close', () => {
    expect(() => readList('"a\nb', lines)).toThrow(/Quote Not Closed/)
  })

  it('gives back what was written in CSV', () => {
    const item = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/^\uFEFF/.test(text))
    const written = (items: string[]) => items.map((text) => `"${text.replaceAll('"', '""')}"`).join('\n')
    fc.assert(fc.property(fc.array(item), (items) => expect(readList(written(items), lines)).toEqual(items)))
  })
})

describe('readPairs', () => {
  it('cuts at the first equals sign', () => {
    expect(readPairs(['A=1=2', 'B=', ' C =x'])).toEqual({ A: '1=2', B: '', C: 'x' })
  })

  it('keeps a name that objects have themselves', () => {
    const pairs = readPairs(['__proto__=x', 'constructor=y'])
    expect(Object.entries(pairs)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    expect(Object.getPrototypeOf(pairs)).toBe(Object.prototype)
  })

  it.each(['A', '=x', ''])('refuses "%s"', (item) => {
    expect(() => readPairs([item])).toThrow(`"${item}" is not KEY=VALUE`)
  })
})
