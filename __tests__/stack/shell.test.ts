import { describe, expect, it } from '@jest/globals'
import { Doubt, expandWord } from '../../src/stack/shell.ts'

const values: Record<string, string> = { A: 'abcab', E: '', N: '7', P: 'dir/file.tar.gz' }
const expand = (text: string) => expandWord(text, '\\', (name) => values[name])

describe('expandWord', () => {
  it.each([
    ['plain', 'plain'],
    ['$A', 'abcab'],
    ['${A}', 'abcab'],
    ['x$A-y', 'xabcab-y'],
    ['$Ax', ''],
    ['${A}x', 'abcabx'],
    ['$U', ''],
    ['${U:-y}', 'y'],
    ['${U-y}', 'y'],
    ['${E:-y}', 'y'],
    ['${E-y}', ''],
    ['${A:-y}', 'abcab'],
    ['${A:+y}', 'y'],
    ['${E:+y}', ''],
    ['${E+y}', 'y'],
    ['${U:+y}', ''],
    ['${U:-${N:-1}}', '7'],
    ['${U:-"a b"}', 'a b'],
    ['${A:?no}', 'abcab'],
    ['${A#a}', 'bcab'],
    ['${A##*a}', 'b'],
    ['${A#*a}', 'bcab'],
    ['${A%b}', 'abca'],
    ['${P%.*}', 'dir/file.tar'],
    ['${P%%.*}', 'dir/file'],
    ['${P##*/}', 'file.tar.gz'],
    ['${A/a/x}', 'xbcab'],
    ['${A//a/x}', 'xbcxb'],
    ['"$A"', 'abcab'],
    ["'$A'", '$A'],
    ['\\$A', '$A'],
    ['"a\\"b"', 'a"b'],
    ['"a\\nb"', 'a\\nb'],
    ['a$', 'a$'],
    ['a$/b', 'a$/b'],
  ])('%s is %s', (text, expected) => {
    expect(expand(text)).toBe(expected)
  })

  it.each(['${A', '${}', '${{A}}', '"a', "'a", '${A:#x}', '${A[0]}', '${U:?}', '${E:?empty}'])(
    '%s is refused',
    (text) => {
      expect(() => expand(text)).toThrow(Doubt)
    },
  )

  it('takes the other escape character', () => {
    expect(expandWord('`$A\\x', '`', (name) => values[name])).toBe('$A\\x')
  })
})
