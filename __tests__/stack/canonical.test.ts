import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { canonicalReference, contextKey, formatCanonical } from '../../src/stack/canonical.ts'

const sha256 = `sha256:${'a'.repeat(64)}`
const sha512 = `sha512:${'b'.repeat(128)}`

/** Text, its full form, and the name under which BuildKit looks for a named context. */
const valid: [string, string, string][] = [
  ['debian', 'docker.io/library/debian:latest', 'debian'],
  ['debian:latest', 'docker.io/library/debian:latest', 'debian'],
  ['debian:12', 'docker.io/library/debian:12', 'debian:12'],
  ['library/debian', 'docker.io/library/debian:latest', 'debian'],
  ['docker.io/debian', 'docker.io/library/debian:latest', 'debian'],
  ['docker.io/library/debian:12', 'docker.io/library/debian:12', 'debian:12'],
  ['index.docker.io/pangeo/x', 'docker.io/pangeo/x:latest', 'pangeo/x'],
  ['pangeo/base-image:master', 'docker.io/pangeo/base-image:master', 'pangeo/base-image:master'],
  ['library/a/b', 'docker.io/library/a/b:latest', 'library/a/b'],
  ['quay.io/pangeo/base', 'quay.io/pangeo/base:latest', 'quay.io/pangeo/base'],
  ['quay.io/library/base', 'quay.io/library/base:latest', 'quay.io/library/base'],
  ['localhost/x', 'localhost/x:latest', 'localhost/x'],
  ['localhost:5000/x:1', 'localhost:5000/x:1', 'localhost:5000/x:1'],
  ['registry:5000/a/b/c', 'registry:5000/a/b/c:latest', 'registry:5000/a/b/c'],
  ['127.0.0.1:5000/x', '127.0.0.1:5000/x:latest', '127.0.0.1:5000/x'],
  ['[::1]:5000/x', '[::1]:5000/x:latest', '[::1]:5000/x'],
  ['[2001:db8::1]/x', '[2001:db8::1]/x:latest', '[2001:db8::1]/x'],
  ['Registry/x', 'Registry/x:latest', 'Registry/x'],
  ['xn--7o8h.com/myimage', 'xn--7o8h.com/myimage:latest', 'xn--7o8h.com/myimage'],
  ['a__b/c-d---e.f', 'docker.io/a__b/c-d---e.f:latest', 'a__b/c-d---e.f'],
  ['debian:_x.Y-z', 'docker.io/library/debian:_x.Y-z', 'debian:_x.Y-z'],
  [`debian:${'t'.repeat(128)}`, `docker.io/library/debian:${'t'.repeat(128)}`, `debian:${'t'.repeat(128)}`],
  [`debian@${sha256}`, `docker.io/library/debian@${sha256}`, `debian@${sha256}`],
  [`debian:12@${sha256}`, `docker.io/library/debian@${sha256}`, `debian:12@${sha256}`],
  [`debian:latest@${sha256}`, `docker.io/library/debian@${sha256}`, `debian:latest@${sha256}`],
  [`quay.io/a/b@${sha512}`, `quay.io/a/b@${sha512}`, `quay.io/a/b@${sha512}`],
  [`x:5000/a@${sha256}`, `x:5000/a@${sha256}`, `x:5000/a@${sha256}`],
  ['a'.repeat(63), `docker.io/library/${'a'.repeat(63)}:latest`, 'a'.repeat(63)],
  ['5000/x', 'docker.io/5000/x:latest', '5000/x'],
]

const invalid = [
  '',
  ':1',
  '@',
  'a:',
  'a@',
  'a:b:c',
  'Debian',
  'pangeo/Base',
  'quay.io/Pangeo/base',
  'a//b',
  '/a',
  'a/',
  'a b',
  'a\n',
  '-a',
  'a-',
  '_a',
  'a._b',
  'a..b',
  'a___b',
  'quay..io/x',
  '-quay.io/x',
  'quay.io-/x',
  'quay.io:port/x',
  'https://quay.io/x',
  '[::1/x',
  '[fe80::1%eth0]:5000/x',
  `debian:${'t'.repeat(129)}`,
  'debian:-x',
  'debian:.x',
  'debian@sha256:abc',
  `debian@sha256:${'A'.repeat(64)}`,
  `debian@md5:${'a'.repeat(32)}`,
  `debian@${sha256}0`,
  'a'.repeat(64),
  '0123456789abcdef'.repeat(4),
  `q.io/${'a/'.repeat(127)}aa`,
  '${x}',
  'é',
]

describe('canonicalReference', () => {
  it.each(valid)('%s', (text, full) => {
    const reference = canonicalReference(text)
    expect(reference && formatCanonical(reference)).toBe(full)
  })

  it.each(invalid)('refuses %j', (text) => {
    expect(canonicalReference(text)).toBeNull()
  })

  it('takes a repository of 255 characters and no more', () => {
    expect(canonicalReference(`q.io/${'a'.repeat(255)}`)).not.toBeNull()
    expect(canonicalReference(`q.io/${'a'.repeat(256)}`)).toBeNull()
  })

  it('reads its own full form as the same, and needs no time for long text', () => {
    const part = fc.constantFrom('a', 'B', '0', '.', '_', '-', ':', '/', '@', 'localhost', 'quay.io', 'latest', sha256)
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const reference = canonicalReference(parts.join(''))
        if (!reference) return
        const again = canonicalReference(formatCanonical(reference))
        expect(again).toEqual(reference.digest ? { ...reference, tag: 'latest' } : reference)
      }),
      { numRuns: 2000 },
    )
    const started = performance.now()
    canonicalReference(`${'a-'.repeat(50_000)}!`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('contextKey', () => {
  it.each(valid)('%s', (text, _full, key) => {
    expect(contextKey(text)).toBe(key)
  })

  it.each(['Debian', 'my stage', '${x}'])('leaves "%s" as it is', (text) => {
    expect(contextKey(text)).toBe(text)
  })
})
