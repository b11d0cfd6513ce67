import { describe, expect, it } from '@jest/globals'
import { CommandProcessor } from '../../../sandbox/runner/command-processor.ts'

function process(lines: readonly string[]) {
  const processor = new CommandProcessor({ masks: new Set() })
  for (const line of lines) processor.line(line)
  return processor
}

describe('commands', () => {
  it('keeps outputs and state', () => {
    const { outputs, state, log } = process(['::set-output name=a::1', '::save-state name=b::2', 'text'])
    expect({ outputs, state, log }).toEqual({ outputs: { a: '1' }, state: { b: '2' }, log: ['text'] })
  })

  it('keeps annotations with their place', () => {
    const { annotations } = process(['::error title=T,file=a/Dockerfile,line=3,endLine=4,col=5::no', '::notice::yes'])
    expect(annotations).toEqual([
      { level: 'error', message: 'no', title: 'T', file: 'a/Dockerfile', line: 3, endLine: 4, column: 5 },
      { level: 'notice', message: 'yes' },
    ])
  })

  it('folds groups; a new one ends the last', () => {
    const { groups } = process(['::group::a', 'one', '::group::b', 'two', '::endgroup::', 'three'])
    expect(groups).toEqual([
      { title: 'a', lines: ['one'] },
      { title: 'b', lines: ['two'] },
    ])
  })

  it('masks what comes after add-mask, each line of it too, the longest first', () => {
    const { log, annotations } = process([
      'before s3',
      '::add-mask::s3',
      '::add-mask::s3cret%0Aother',
      '::error::s3cret',
      'an other',
    ])
    expect(log).toEqual(['before s3', '##[error]***', 'an ***'])
    expect(annotations).toEqual([{ level: 'error', message: '***' }])
  })

  it.each(['::set-env name=PATH::x', '::add-path::x', '::set-output::x', '::echo::loud'])('refuses %j', (line) => {
    const { failed, annotations } = process([line])
    expect(failed).toBe(true)
    expect(annotations).toHaveLength(1)
  })
})

describe('stop-commands', () => {
  it('takes everything for text until its token comes, in either form', () => {
    for (const resume of ['::Token::', '#1 0.1 ##[TOKEN]']) {
      const { annotations, outputs, log } = process([
        '::stop-commands::token',
        '::error::a',
        '#2 ##[set-output name=x]y',
        '::stop-commands::other',
        '::other::',
        resume,
        '::error::b',
      ])
      expect(annotations).toEqual([{ level: 'error', message: 'b' }])
      expect(outputs).toEqual({})
      expect(log).toContain('::error::a')
    }
  })

  it('forgets the token once it was used', () => {
    const { annotations } = process([
      '::stop-commands::t',
      '::t::',
      '::stop-commands::u',
      '::t::',
      '::error::a',
      '::u::',
    ])
    expect(annotations).toEqual([])
  })

  it('takes a token for text once it was used, and takes it again as a token', () => {
    const { annotations, log, failed } = process([
      '::stop-commands::t',
      '::t::',
      '::t::plain',
      '::stop-commands::t',
      '::error::a',
    ])
    expect({ annotations, failed }).toEqual({ annotations: [], failed: false })
    expect(log).toContain('::t::plain')
  })

  it.each(['', 'pause-logging', 'Error', 'set-output'])('refuses the token %j', (token) => {
    const { failed, annotations } = process([`::stop-commands::${token}`, '::error::still heard'])
    expect(failed).toBe(true)
    expect(annotations.map(({ message }) => message)).toContain('still heard')
  })
})
