import { describe, expect, it } from '@jest/globals'
import { deleteOlderCaches } from '../../src/tools/github-caches.ts'
import { createHost } from '../helpers/host.ts'
import { type Answer, type Asked, startServer } from '../helpers/scripted-server.ts'

const ref = 'refs/pull/1/merge'
const listed = [
  { id: 4, key: 'store-new', ref },
  { id: 3, key: 'store-old', ref },
  { id: 2, key: 'store-old', ref: 'refs/heads/main' },
  { id: 1, key: 'another-store-old', ref },
]

const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** Deletes on a server that answers deletions as told, and gives what it was asked. */
async function deleteOn(deletion: (asked: Asked) => Answer, githubToken = 'token') {
  await using server = await startServer((asked) =>
    asked.method === 'GET' ? json(200, { total_count: listed.length, actions_caches: listed }) : deletion(asked),
  )
  const env = { GITHUB_API_URL: `http://${server.address}`, GITHUB_REPOSITORY: 'o/r', GITHUB_REF: ref }
  const host = createHost({ env })
  const answer = await deleteOlderCaches({ host, githubToken, prefix: 'store-', key: 'store-new' })
  return { answer, asked: server.asked.map(({ method, url }) => `${method} ${url}`), said: host.said }
}

describe('deleteOlderCaches', () => {
  // Broken by: believing the filters of the list: entries of main or of other programs would go.
  it('deletes what the same ref kept of the same kind, and nothing else', async () => {
    const { answer, asked } = await deleteOn(() => ({ status: 204 }))
    expect(answer).toBe(1)
    expect(asked).toEqual([
      'GET /repos/o/r/actions/caches?ref=refs%2Fpull%2F1%2Fmerge&key=store-&per_page=100',
      'DELETE /repos/o/r/actions/caches/3',
    ])
  })

  it('tells a token that may not from all else that goes wrong', async () => {
    const message = { message: 'Resource not accessible by integration' }
    expect((await deleteOn(() => json(403, message))).answer).toBe('refused')
    expect((await deleteOn(() => json(404, { message: 'Not Found' }))).answer).toBe(1)
    const broken = await deleteOn(() => json(422, { message: 'odd' }))
    expect([broken.answer, broken.said.map(([method]) => method)]).toEqual([0, ['debug']])
    expect(await deleteOn(() => ({ status: 204 }), '')).toEqual({ answer: 0, asked: [], said: [] })
  })
})
