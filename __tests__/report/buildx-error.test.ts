import { describe, expect, it } from '@jest/globals'
import { readErrorText } from '../../src/report/buildx-error.ts'

const push = 'failed to push q.io/p/other:f8886d6: '
const answers = [
  'unknown: provided digest did not match uploaded content',
  'unknown: blob unknown to registry - sha256:7e6f',
]

describe('an error of several lines', () => {
  // Broken by: the ERROR line alone. It ended with "errors:", and nobody saw which.
  it('has all that a registry answered', () => {
    const lines = [`ERROR: target other: failed to solve: ${push}errors:`, ...answers]
    expect(readErrorText(lines)).toEqual({ target: 'other', message: `${push}${answers.join('; ')}`, line: null })
  })

  it('ends where other text begins; the same answer is said once', () => {
    const lines = [`ERROR: failed to solve: ${push}errors:`, answers[0]!, answers[0]!, 'Dockerfile:1', answers[1]!]
    expect(readErrorText(lines).message).toBe(`${push}${answers[0]}`)
  })

  it.each([[], ['More about it']])('is as it came where no answer follows: %j', (...below) => {
    expect(readErrorText([`ERROR: ${push}errors:`, ...below]).message).toBe(`${push}errors:`)
    expect(readErrorText(['ERROR: failed to solve: no such host', ...answers]).message).toBe('no such host')
  })
})
