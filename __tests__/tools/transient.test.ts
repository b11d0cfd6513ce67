import { describe, expect, it } from '@jest/globals'
import { ActionError } from '../../src/errors.ts'
import { isTransient, retryTransient } from '../../src/tools/transient.ts'

const url = 'https://registry.example:5000/v2/p/x/blobs/uploads/'

describe('isTransient', () => {
  it.each([
    // containerd's and BuildKit's own words.
    `failed to push registry.example:5000/p/x:1: failed to do request: Put "${url}": write: broken pipe`,
    `failed to copy: httpReadSeeker: failed open: failed to do request: Get "${url}": dial tcp: i/o timeout`,
    `failed to push q.io/p/x:1: unexpected status from POST request to ${url}: 503 Service Unavailable`,
    `failed to push q.io/p/x:1: unexpected status from HEAD request to ${url}: 408 Request Timeout`,
    `unexpected status from PUT request to ${url}?digest=x: 502 Bad Gateway`,
    `failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://a.io/token: 504`,
    'unexpected status: 503 Service Unavailable',
    'unexpected status code: 429 Too Many Requests - Server message: toomanyrequests: rate exceeded',
    'received unexpected HTTP status: 500 Internal Server Error',
    `failed to do request: Head "${url}": net/http: TLS handshake timeout`,
    `failed to do request: Head "${url}": read tcp 10.0.0.1:1->10.0.0.2:443: read: connection reset by peer`,
    `failed to do request: Head "${url}": EOF`,
    'failed to copy: unexpected EOF',
    'failed to push q.io/p/x:1: unavailable: service unavailable',
    'failed to push q.io/p/x:1: errors:\nunknown: provided digest did not match uploaded content\nunknown: blob unknown to registry - sha256:7e6f\n',
  ])('%s', (message) => {
    expect(isTransient(message)).toBe(true)
  })

  it.each([
    '',
    `failed to push q.io/p/x:1: unexpected status from POST request to ${url}: 401 Unauthorized`,
    `unexpected status from HEAD request to https://q.io:500/v2/: 403 Forbidden`,
    `unexpected status from HEAD request to https://q.io/v2/502/manifests/503: 404 Not Found`,
    'push access denied, repository does not exist or may require authorization: server message: insufficient_scope',
    'q.io/p/x:1: not found',
    'process "/bin/sh -c make" did not complete successfully: exit code: 1',
    'dockerfile parse error on line 1: unknown instruction: EOF',
    'failed to solve: no match for platform in manifest',
    'no space left on device',
  ])('not: %s', (message) => {
    expect(isTransient(message)).toBe(false)
  })
})

describe('retryTransient', () => {
  const signal = new AbortController().signal
  const passing = new Error('unexpected status: 503 Service Unavailable')

  function failing(times: number, error: unknown = passing) {
    let tries = 0
    const attempt = async () => {
      if (tries++ < times) throw error
      return tries
    }
    return { attempt, tries: () => tries }
  }

  it('tries again after each wait, and tells why', async () => {
    const said: [string, number][] = []
    const onRetry = (message: string, wait: number) => void said.push([message, wait])
    await expect(retryTransient(failing(2).attempt, { signal, onRetry, waits: [1, 2, 3] })).resolves.toBe(3)
    expect(said).toEqual([
      [passing.message, 1],
      [passing.message, 2],
    ])
  })

  it('gives up after the last wait with the error itself', async () => {
    const { attempt, tries } = failing(9)
    await expect(retryTransient(attempt, { signal, onRetry: () => undefined, waits: [1, 1, 1] })).rejects.toBe(passing)
    expect(tries()).toBe(4)
  })

  it('believes an error that says so itself', async () => {
    const { attempt } = failing(1, Object.assign(new Error('bake failed'), { transient: true }))
    await expect(retryTransient(attempt, { signal, onRetry: () => undefined, waits: [1] })).resolves.toBe(2)
  })

  it('does not repeat what will not pass', async () => {
    const { attempt, tries } = failing(1, new Error('403 Forbidden'))
    await expect(retryTransient(attempt, { signal, onRetry: () => undefined, waits: [1] })).rejects.toThrow('403')
    expect(tries()).toBe(1)
  })

  it('waits no longer once the run is cancelled', async () => {
    const controller = new AbortController()
    const options = { signal: controller.signal, onRetry: () => controller.abort(), waits: [60_000] }
    const error: unknown = await retryTransient(failing(1).attempt, options).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ActionError)
    expect((error as ActionError).code).toBe('cancelled')
    const aborted = { signal: AbortSignal.abort(), onRetry: () => undefined, waits: [60_000] }
    await expect(retryTransient(failing(1).attempt, aborted)).rejects.toBe(passing)
  })
})
