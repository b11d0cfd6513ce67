import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  createCommandFiles,
  parseKeyValues,
  readCommandFiles,
  summaryLimit,
} from '../../../sandbox/runner/file-commands.ts'

describe('names and values', () => {
  it.each([
    ['', {}],
    ['a=1\nb=2=3\n\nc=', { a: '1', b: '2=3', c: '' }],
    ['a=1\na=2\n', { a: '2' }],
    ['a<<E\none\ntwo\nE\nb=x\n', { a: 'one\ntwo', b: 'x' }],
    ['a<<E\nE\n', { a: '' }],
    ['a<<E\n\nE\n', { a: '' }],
    ['a<<E\n\n\nE', { a: '\n' }],
    ['a<<E\nb=c\r\nE\n', { a: 'b=c\r' }],
    ['a=b<<c\n', { a: 'b<<c' }],
    ['a<<b=c\nx\nb=c\n', { a: 'x' }],
  ])('reads %j', (text, expected) => expect(parseKeyValues(text)).toEqual(expected))

  it.each([
    ['a\n', "Invalid format 'a'"],
    ['=a\n', 'Name must not be empty'],
    ['<<E\nx\nE\n', 'Name must not be empty'],
    ['a<<\nx\n', 'delimiter must not be empty'],
    ['a<<E\nx\n E\n', "Matching delimiter not found 'E'"],
  ])('refuses %j', (text, message) => expect(() => parseKeyValues(text)).toThrow(message))

  it('reads back whatever stands between delimiters that the value does not hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '=', '<<', 'ü') }), (value) => {
        expect(parseKeyValues(`k<<ghadelimiter_1\n${value}\nghadelimiter_1\n`)).toEqual({ k: value })
      }),
    )
  })
})

describe('files', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'files-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('takes a summary of the size allowed and drops one that is a byte larger', async () => {
    const files = await createCommandFiles(folder, 'main')
    await writeFile(files.STEP_SUMMARY, 'x'.repeat(summaryLimit))
    expect(await readCommandFiles(files)).toMatchObject({ errors: [], summary: expect.stringMatching(/^x{9}/) })
    await writeFile(files.STEP_SUMMARY, 'x'.repeat(summaryLimit + 1))
    expect(await readCommandFiles(files)).toMatchObject({
      errors: [expect.stringContaining('size of 1024k, got 1024k')],
      summary: '',
    })
  })

  it('refuses NODE_OPTIONS and reports files that it cannot read', async () => {
    const files = await createCommandFiles(folder, 'main')
    await writeFile(files.ENV, 'NODE_OPTIONS=--inspect\nA=1\n')
    await writeFile(files.OUTPUT, 'nonsense')
    await rm(files.PATH)
    expect(await readCommandFiles(files)).toEqual({
      outputs: {},
      env: { A: '1' },
      path: [],
      state: {},
      summary: '',
      errors: [expect.stringContaining('NODE_OPTIONS')],
      failures: ["Unable to process file command 'output' successfully.", "Invalid format 'nonsense'"],
    })
  })
})
