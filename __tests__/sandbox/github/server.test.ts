import { getOctokit } from '@actions/github'
import { afterEach, expect, it, jest } from '@jest/globals'
import {
  cut,
  forbidden,
  rateLimited,
  secondaryLimit,
  serverError,
  tooManyRequests,
} from '../../../sandbox/github/failures.ts'
import { commitFiles } from '../../../sandbox/github/seed.ts'
import type { GitHubOptions } from '../../../sandbox/github/types.ts'
import { createScene, type Scene } from './world.ts'

// A shared machine may be slow: many git processes take their time.
jest.setTimeout(60_000)

let scene: Scene
afterEach(() => scene.remove())

async function start(options: Partial<GitHubOptions> = {}) {
  scene = await createScene(options)
  return getOctokit('t', { baseUrl: scene.github.apiUrl })
}

const pull = { owner: 'o', repo: 'r', pull_number: 1 }

it('answers the client that actions use, REST, pages and GraphQL', async () => {
  const octokit = await start()
  expect((await octokit.rest.pulls.get(pull)).data.head.sha).toBe(scene.topic)
  const files = await octokit.paginate(octokit.rest.pulls.listFiles, { ...pull, per_page: 1 })
  expect(files.map(({ filename }) => filename)).toEqual(['b/x y é.txt', 'moved.txt'])
  const compared = await octokit.rest.repos.compareCommitsWithBasehead({
    owner: 'o',
    repo: 'r',
    basehead: 'main...topic/é',
  })
  expect(compared.data.files).toHaveLength(2)
  expect((await octokit.rest.git.getRef({ owner: 'o', repo: 'r', ref: 'heads/topic/é' })).data.object.sha).toBe(
    scene.topic,
  )
  const { repository } = await octokit.graphql<{ repository: { id: string } }>(
    '{ repository(owner: "o", name: "r") { id } }',
  )
  expect(repository.id).toMatch(/^Repository_/)
  expect(scene.github.requests().map(({ operation }) => operation)).toEqual([
    'pulls/get',
    'pulls/list-files',
    'pulls/list-files',
    'repos/compare-commits-with-basehead',
    'git/get-ref',
    'repository',
  ])
})

it('runs a hook after the second answer is made: the third sees the push', async () => {
  const push = () => commitFiles(scene.base, { branch: 'topic/é', files: { late: '' } })
  let pushed = ''
  const octokit = await start({
    onAnswer: async (n, { operation }) => {
      if (operation === 'pulls/get' && n === 2) pushed = await push()
    },
  })
  const heads: string[] = []
  for (let index = 0; index < 3; index += 1) heads.push((await octokit.rest.pulls.get(pull)).data.head.sha)
  expect(heads).toEqual([scene.topic, scene.topic, pushed])
})

it('runs a hook before an answer, which may be a failure', async () => {
  const octokit = await start({
    onRequest: (n, { path }) => (path.endsWith('/pulls/1') && n === 1 ? forbidden() : undefined),
  })
  await expect(octokit.rest.pulls.get(pull)).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('not accessible'),
  })
  expect((await octokit.rest.pulls.get(pull)).status).toBe(200)
})

it.each([
  [tooManyRequests(7), 429, { 'retry-after': '7' }],
  [secondaryLimit({ retryAfter: 3 }), 403, { 'retry-after': '3' }],
  [rateLimited(), 403, { 'x-ratelimit-remaining': '0' }],
  [serverError(503), 503, {}],
] as const)('plays failure %#, as often as told', async (failure, status, headers) => {
  await start({ failures: [{ path: /\/pulls\//, method: 'GET', times: 2, failure }] })
  for (const expected of [status, status, 200]) {
    const answer = await scene.call('GET', '/repos/o/r/pulls/1')
    expect(answer.status).toBe(expected)
    if (expected !== 200) expect(Object.fromEntries(answer.headers)).toMatchObject(headers)
  }
})

it('cuts and delays connections', async () => {
  await start()
  scene.github.fail({ path: '/repos/o/r', failure: cut() })
  await expect(scene.call('GET', '/repos/o/r')).rejects.toThrow('fetch failed')
  scene.github.fail({ path: '/repos/o/r', failure: { delayMs: 120 } })
  const started = Date.now()
  expect((await scene.call('GET', '/repos/o/r')).status).toBe(200)
  expect(Date.now() - started).toBeGreaterThanOrEqual(115)
})

it('knows its tokens and what they may write', async () => {
  await start({ tokens: { weak: { login: 'github-actions[bot]', write: ['statuses'] } } })
  const comment = (headers: Record<string, string>) =>
    scene.call('POST', '/repos/o/r/issues/1/comments', { body: 'x' }, headers)
  expect((await comment({ authorization: 'Bearer weak' })).status).toBe(403)
  expect((await comment({ authorization: 'Bearer other' })).status).toBe(401)
  expect((await comment({ authorization: '' })).status).toBe(401)
  const status = await scene.call(
    'POST',
    `/repos/o/r/statuses/${scene.main}`,
    { state: 'pending' },
    { authorization: 'token weak' },
  )
  expect(status.status).toBe(201)
})
