import { describe, expect, it } from '@jest/globals'
import { readDigests } from '../../src/publish/digests.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const read = (...texts: string[]) => Object.fromEntries(readDigests(texts.map((text) => ({ where: 'text', text }))))

describe('what jobs say that they pushed', () => {
  it.each<[string, string[], Record<string, string[]>]>([
    ['nothing', [''], {}],
    ['no build at all', ['{}'], {}],
    ['one object', [JSON.stringify({ base: digest('a') })], { base: [digest('a')] }],
    ['one object over several lines', [JSON.stringify({ base: digest('a') }, null, 2)], { base: [digest('a')] }],
    [
      'an object a line',
      [`{"base":"${digest('a')}"}\n\n{"base":"${digest('b')}"}\r\n`],
      { base: [digest('a'), digest('b')] },
    ],
    [
      'a file for each job',
      [`{"base":"${digest('a')}"}`, `{"child":"${digest('b')}"}`],
      { base: [digest('a')], child: [digest('b')] },
    ],
    ['the same from two jobs', [`{"base":"${digest('a')}"}`, `{"base":"${digest('a')}"}`], { base: [digest('a')] }],
    ['a name that objects have', [`{"constructor":"${digest('a')}"}`], { constructor: [digest('a')] }],
  ])('%s', (_, texts, expected) => {
    expect(read(...texts)).toEqual(expected)
  })

  it.each<[string, string, RegExp]>([
    ['what is no JSON', 'base=sha256:1', /text: "base=sha256:1" is no JSON/],
    ['a list', '["base"]', /is no object/],
    ['null', 'null', /is no object/],
    ['a tag', '{"base": "main"}', /"main", of "base", is no digest/],
    ['a short digest', '{"base": "sha256:12"}', /"sha256:12", of "base", is no digest/],
    ['digests by platform', '{"base": {"linux/amd64": "sha256:12"}}', /of "base", is no digest/],
    ['a reference in place of a digest', `{"base": "evil.example/x@${digest('a')}"}`, /is no digest/],
    ['a half-written file', `{"base": "${digest('a')}"`, /is no JSON/],
  ])('refuses %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  // Fails if a hostile artifact can make a run ask a registry without end.
  it('refuses more digests than any stack has', () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`n${at}`, digest('a')]))
    expect(() => read(JSON.stringify(many))).toThrow(/more than 10000 digests/)
  })
})
