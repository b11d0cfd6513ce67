import { describe, expect, it } from '@jest/globals'
import { nearest } from '../src/nearest.ts'

describe('nearest', () => {
  it.each([
    ['registy', ['registry', 'path'], ['registry']],
    ['PLAN', ['plan', 'build'], ['plan']],
    ['pla', ['plan', 'play', 'build'], ['plan', 'play']],
    ['ab', ['abc', 'abd', 'abe'], ['abc', 'abd']],
    ['xyz', ['plan', 'build'], []],
    ['x', ['a', 'b'], []],
    ['', ['a', 'plan'], []],
    ['build-arg', ['build-args', 'build-contexts'], ['build-args']],
  ])('%s', (text, known, found) => {
    expect(nearest(text, known)).toEqual(found)
  })
})
