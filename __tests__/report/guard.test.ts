import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { commandSafe, group, guarded, imageGroup } from '../../src/report/guard.ts'
import { stepLines } from '../../src/report/step-text.ts'
import { replay } from './fixtures.ts'
import { createBuilt, createImage } from './sample.ts'

const TOKEN = '0123456789abcdef0123456789abcdef'
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::',
        '##[',
        ']',
        '\n',
        '\r',
        '\r\n',
        ' ',
        'error',
        'group',
        'endgroup',
        '::stop-commands::',
        '::error file=x::y',
        '%0A',
        '\u2028',
      ),
      fc.string(),
    ),
  )
  .map((parts) => parts.join(''))

describe('guarded', () => {
  it('leaves no command to the runner, whatever the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(commandsOf(guarded(text, TOKEN))).toEqual([`stop-commands::${TOKEN}`, TOKEN])
      }),
    )
  })

  it('keeps the text otherwise', () => {
    expect(guarded('a\r\n::error::b\n', TOKEN)).toBe(`::stop-commands::${TOKEN}\na\n::error::b\n::${TOKEN}::`)
  })

  it.each(['', 'short', 'pause-logging', `${TOKEN}\n`])('refuses the token %j', (token) => {
    expect(() => guarded('x', token)).toThrow('token')
  })

  it('refuses a text that holds the token', () => {
    expect(() => guarded(`::${TOKEN}::`, TOKEN)).toThrow('holds the token')
  })
})

describe('group', () => {
  it('has the title outside of the guard and the body inside', () => {
    expect(group('a', ['x', 'y'], TOKEN)).toEqual([
      '::group::a',
      `::stop-commands::${TOKEN}`,
      'x',
      'y',
      `::${TOKEN}::`,
      '::endgroup::',
    ])
    expect(group('a', [], TOKEN)).toEqual(['::group::a', '::endgroup::'])
  })

  it('is three commands, whatever title and body', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, body) => {
        const lines = group(title, body.split('\n'), TOKEN)
        const commands = commandsOf(lines.join('\n'))
        expect(commands.map((command) => command.split('::')[0])).toEqual(['group', 'stop-commands', TOKEN, 'endgroup'])
        expect(lines[0]).not.toMatch(/[\n\r]|##\[|%(?!25)/)
      }),
    )
  })
})

it.each(['::error::x', '  ::error::x', '##[error]x', 'a ##[group]x'])('commandSafe breaks %j', (text) => {
  expect(commandsOf(text)).toHaveLength(1)
  expect(commandsOf(commandSafe(text))).toEqual([])
})

it('commandSafe makes any text one line that is no command', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(commandsOf(commandSafe(text))).toEqual([])
      expect(commandSafe(text)).not.toContain('\n')
    }),
  )
})

it('imageGroup folds an image’s steps and output under its outcome, and nothing of them is a command', () => {
  const log = replay('failing-run', 'fail').log().flatMap(stepLines)
  const lines = imageGroup({ ...createBuilt('child', 0, 62), outcome: 'failed' }, log, TOKEN)
  expect(lines[0]).toBe('::group::❌ child: failed in 1 m 02 s')
  expect(lines.join('\n')).toMatch(/line 40\n {3}::error file=x::injected\n {3}error: process .*exit code: 1/)
  expect(commandsOf(lines.join('\n'))).toHaveLength(4)
  expect(imageGroup(createImage('other'), [], TOKEN)).toEqual([expect.stringMatching(/other: \w+$/), '::endgroup::'])
})

/** What GitHub's runner would take for commands: `::name ...::` at a line's start, `##[name]` anywhere, both not while stopped. */
function commandsOf(output: string): string[] {
  const commands: string[] = []
  let stopped: string | null = null
  for (const line of output.split(/\r\n|\n|\r/)) {
    const command = /^\s*::(.+)$/.exec(line)?.[1] ?? (/##\[\w/.test(line) ? line : null)
    if (command === null || (stopped !== null && !command.startsWith(`${stopped}::`))) continue
    commands.push(command.replace(/::$/, ''))
    stopped = /^stop-commands::(.*)$/.exec(command)?.[1] ?? null
  }
  return commands
}
