import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ActionError } from '../../src/errors.ts'
import { checkPip, requirementLine } from '../../src/lock/pip-rules.ts'
import type { PipSpec } from '../../src/lock/types.ts'

function pip(rest: Partial<PipSpec>): PipSpec {
  const origin = { file: 'a/environment.yml', line: 7 }
  const none = { version: '', extras: [], url: null, markers: null, hash: null, category: 'main', origin }
  return { manager: 'pip', name: 'a', ...none, ...rest }
}

const rules = { trusted: true, allowedHosts: ['files.pythonhosted.org', '127.0.0.1:8000'] }

function refusal(specs: readonly PipSpec[], repositories: readonly string[] = [], trusted = true): ActionError {
  try {
    checkPip(specs, repositories, { ...rules, trusted })
  } catch (error) {
    if (error instanceof ActionError) return error
  }
  throw new Error('nothing was refused')
}

describe('what is refused before a resolver starts', () => {
  it.each<[string, Partial<PipSpec>, RegExp]>([
    ['git', { url: 'git+https://token@example.org/a.git' }, /is taken from a version control system$/],
    ['ssh', { url: 'git+ssh://git@example.org/a.git' }, /is taken from a version control system$/],
    ['mercurial', { url: 'hg+http://example.org/a' }, /is taken from a version control system$/],
    ['a wheel by its address', { url: 'https://example.org/a-1-py3-none-any.whl' }, /is the address of a file$/],
    ['a path', { url: '../../etc' }, /is a path or an address$/],
    ['a file URL', { url: 'file:///etc/passwd' }, /is a path or an address$/],
    ['an option as a name', { name: '-e .' }, /is no plain requirement$/],
    ['a second line in a name', { name: 'a\n--index-url=https://example.org' }, /is no plain requirement$/],
    ['an address as a version', { version: ' @ https://example.org/a.whl' }, /is no plain requirement$/],
    ['a second line in a marker', { markers: "os_name == 'a\n-r /etc/passwd'" }, /is no plain requirement$/],
    ['a comment in a marker', { markers: "os_name == 'x' # " }, /is no plain requirement$/],
    ['a variable', { markers: "os_name == '${GITHUB_TOKEN}'" }, /is no plain requirement$/],
    ['an option as an extra', { extras: ['a] --pre ['] }, /is no plain requirement$/],
    ['another hash than sha256', { hash: 'md5:0' }, /is no plain requirement$/],
  ])('%s', (_, spec, message) => {
    for (const trusted of [true, false]) {
      const error = refusal([pip({ name: 'b' }), pip(spec)], [], trusted)
      expect([error.code, error.message.startsWith('a/environment.yml:7: pip requirement')]).toEqual(['lock', true])
      expect(error.message).toMatch(message)
      expect(error.details.join(' ').includes('lock-engine: conda-lock')).toBe(trusted)
      // It can hold a password, and a line of its own would be a line of the log.
      expect(`${error.message}${error.details.join('')}`).not.toMatch(/token|\n/)
    }
  })

  it.each([
    'https://example.org/simple',
    'file:///wheels',
    'http://files.pythonhosted.org.evil.org/simple',
    'not a URL',
  ])('the index %s', (url) =>
    expect(refusal([], [url]).message).toMatch(/^pip-repositories names .* which is not in allowed-hosts$/),
  )

  it('names all that is wrong', () => {
    const error = refusal([pip({ url: './x' }), pip({ name: 'c', url: './y' })], ['https://example.org'])
    expect([error.message, ...error.details].filter((line) => /is a path|pip-repositories/.test(line))).toHaveLength(3)
  })

  it('not what is plain', () => {
    const hash = `sha256:${'a'.repeat(64)}`
    const specs = [
      pip({
        version: '>=1,!=1.5.*,<2',
        extras: ['x', 'y.z'],
        markers: "python_version >= '3.9' and os_name == 'posix'",
        hash,
      }),
      pip({ name: 'jupyter-server', version: '*' }),
      pip({ version: '~=1.4.0rc1' }),
    ]
    checkPip(specs, ['http://127.0.0.1:8000/simple'], rules)
    expect(specs.map(requirementLine)).toEqual([
      "a[x,y.z]>=1,!=1.5.*,<2 ; python_version >= '3.9' and os_name == 'posix'",
      'jupyter-server',
      'a~=1.4.0rc1',
    ])
  })

  // Whatever a pull request writes: it is refused, or one line that begins with a name and holds no address.
  it('or is one plain line', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('a', '>=1', "os_name == 'x'", '-e .', 'a @ b'),
    )
    const spec = fc.record({
      name: text,
      version: text,
      extras: fc.array(text, { maxLength: 2 }),
      markers: fc.option(text),
    })
    fc.assert(
      fc.property(spec, (rest) => {
        try {
          checkPip([pip(rest)], [], rules)
        } catch (error) {
          return error instanceof ActionError
        }
        return /^[A-Za-z0-9][\w.-]*(\[[\w.,-]+\])?[^\n\r@#\\$[\]]*$/.test(requirementLine(pip(rest)))
      }),
      { numRuns: 2000 },
    )
  })
})
