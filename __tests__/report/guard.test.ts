import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { commandSafe, group, guarded, logGroups } from '../../src/report/guard.ts'
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

it('logGroups has a group for every image that ran, with steps and output', () => {
  const logs = new Map([['child', replay('linked', 'child').log()]])
  const lines = logGroups([createBuilt('child', 0, 62), createImage('other')], logs, TOKEN)
  expect(lines[0]).toBe('::group::✅ child built in 1 m 02 s')
  expect(lines).toContain('   ::error::not a command')
  expect(lines).toContain('[tools 1/2] RUN echo tool > /tool · 0.1 s')
  expect(lines.filter((line) => line.startsWith('::group::'))).toHaveLength(1)
  expect(
    logGroups([createBuilt('failing', 0, 1)], new Map([['failing', replay('failing-run', 'fail').log()]]), TOKEN).join(
      '\n',
    ),
  ).toMatch(/line 40\n {3}::error file=x::injected\n {3}error: process .*exit code: 1/)
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
