import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { commitFiles } from '../../../sandbox/github/seed.ts'
import { createScene, type Scene } from './world.ts'

// A shared machine may be slow: many git processes take their time.
jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
})
afterAll(() => scene.remove())
// Whatever a test does not take away makes it fail.
beforeEach(() => expect(scene.github.problems()).toEqual([]))

const get = (path: string, headers?: Record<string, string>) => scene.call('GET', path, undefined, headers)

describe('the repository', () => {
  it('is found in any case of its name', async () => {
    const { status, body } = await get('/repos/O/R')
    expect(status).toBe(200)
    expect(body).toMatchObject({ full_name: 'o/r', default_branch: 'main', owner: { login: 'o' }, fork: false })
    expect(body.url).toBe(`${scene.github.apiUrl}/repos/o/r`)
    expect((await get('/repos/mallory/r')).body).toMatchObject({ id: 77, fork: true })
    expect((await get('/repos/o/other')).status).toBe(404)
  })

  it('tells permissions; a stranger may read', async () => {
    expect((await get('/repos/o/r/collaborators/ann/permission')).body).toMatchObject({
      permission: 'write',
      role_name: 'maintain',
      user: { login: 'ann', permissions: { push: true, admin: false } },
    })
    expect((await get('/repos/o/r/collaborators/eve/permission')).body.permission).toBe('read')
  })

  it('tells, makes and deletes refs, each once', async () => {
    expect((await get('/repos/o/r/git/ref/heads/main')).body.object).toMatchObject({ sha: scene.main, type: 'commit' })
    expect((await get('/repos/o/r/git/ref/heads%2Ftopic%2F%C3%A9')).body.object.sha).toBe(scene.topic)
    expect((await get('/repos/o/r/git/ref/heads/mai')).status).toBe(404)
    const lock = { ref: 'refs/locks/publish', sha: scene.main }
    const answers = await Promise.all([1, 2, 3].map(() => scene.call('POST', '/repos/o/r/git/refs', lock)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422])
    expect((await scene.call('DELETE', '/repos/o/r/git/refs/locks/publish')).status).toBe(204)
    expect((await scene.call('DELETE', '/repos/o/r/git/refs/locks/publish')).status).toBe(422)
    expect((await scene.call('POST', '/repos/o/r/git/refs', { ref: 'refs/heads/x', sha: '1'.repeat(40) })).status).toBe(
      422,
    )
  })
})

describe('commits', () => {
  it('names one by branch, tag or SHA, or gives the SHA alone', async () => {
    const { body } = await get('/repos/o/r/commits/main')
    expect(body).toMatchObject({ sha: scene.main, parents: [{}], files: [{ filename: 'a/Dockerfile', additions: 1 }] })
    expect((await get('/repos/o/r/commits/topic/é', { accept: 'application/vnd.github.sha' })).body).toBe(scene.topic)
    expect((await get(`/repos/o/r/commits/${scene.main.slice(0, 7)}`)).body.sha).toBe(scene.main)
    expect((await get('/repos/o/r/commits/nothing')).status).toBe(422)
  })

  it('compares three-dot: only what the head changed, renames found', async () => {
    const { body } = await get(`/repos/o/r/compare/main...${encodeURIComponent('topic/é')}`)
    expect(body).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1, total_commits: 1 })
    expect(
      body.files.map((file: Record<string, unknown>) => [file.status, file.filename, file.previous_filename]),
    ).toEqual([
      ['added', 'b/x y é.txt', undefined],
      ['renamed', 'moved.txt', 'lines.txt'],
    ])
    expect((await get('/repos/o/r/compare/main...main')).body).toMatchObject({
      status: 'identical',
      files: [],
      commits: [],
    })
  })

  it('compares with a fork and refuses what is not there', async () => {
    expect((await get('/repos/o/r/compare/main...mallory:patch')).body.files).toMatchObject([{ filename: 'c.txt' }])
    expect((await get('/repos/o/r/compare/main...mallory:r:patch')).status).toBe(200)
    expect((await get('/repos/o/r/compare/main...mallory:none')).status).toBe(404)
    expect((await get('/repos/o/r/compare/main..topic')).status).toBe(404)
  })

  it('keeps statuses', async () => {
    const { status, body } = await scene.call('POST', `/repos/o/r/statuses/${scene.main}`, {
      state: 'success',
      context: 'build',
    })
    expect([status, body.state, body.creator.login]).toEqual([201, 'success', 'github-actions[bot]'])
    expect(scene.github.statuses(scene.main)).toMatchObject([{ state: 'success', context: 'build' }])
  })
})

describe('contents', () => {
  it('gives files, folders and links', async () => {
    const file = (await get('/repos/o/r/contents/a/Dockerfile')).body
    expect(Buffer.from(file.content, 'base64').toString()).toBe('FROM scratch\nUSER 1\n')
    expect((await get('/repos/o/r/contents/a')).body).toMatchObject([{ path: 'a/Dockerfile', type: 'file' }])
    expect((await get('/repos/o/r/contents/link')).body).toMatchObject({ type: 'symlink', target: 'a' })
    expect((await get('/repos/o/r/contents/b/x%20y%20%C3%A9.txt?ref=topic/%C3%A9')).body.name).toBe('x y é.txt')
    expect(
      (await get('/repos/o/r/contents/a/Dockerfile', { accept: 'application/vnd.github.raw+json' })).body,
    ).toContain('USER 1')
    expect((await get('/repos/o/r/contents/none')).status).toBe(404)
    expect((await get('/repos/o/r/contents/a?ref=none')).status).toBe(404)
  })
})

describe('pull requests', () => {
  it('tells head, base and the test merge', async () => {
    const { body } = await get('/repos/o/r/pulls/1')
    const { mergeSha } = await scene.github.pull(1)
    expect(body).toMatchObject({
      number: 1,
      title: 'Ein `Titel`',
      labels: [{ name: 'big' }],
      head: { ref: 'topic/é', sha: scene.topic, repo: { full_name: 'o/r' } },
      base: { ref: 'main', sha: scene.main },
      merge_commit_sha: mergeSha,
      mergeable: true,
      changed_files: 2,
    })
    expect((await get('/repos/o/r/git/ref/pull/1/merge')).body.object.sha).toBe(mergeSha)
  })

  it('knows forks, also one that was deleted', async () => {
    expect((await get('/repos/o/r/pulls/2')).body.head).toMatchObject({
      sha: scene.forkHead,
      repo: { id: 77 },
      user: { login: 'mallory' },
    })
    expect((await get('/repos/o/r/pulls/3')).body.head).toMatchObject({ sha: scene.topic, repo: null, user: null })
    expect((await get('/repos/o/r/pulls/4')).status).toBe(404)
  })

  it('lists files in pages', async () => {
    const first = await get('/repos/o/r/pulls/1/files?per_page=1')
    expect(first.body).toMatchObject([{ filename: 'b/x y é.txt', status: 'added' }])
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await get(next.slice(scene.github.apiUrl.length))
    expect(second.body).toMatchObject([{ filename: 'moved.txt' }])
    expect(second.headers.get('link')).toContain('rel="prev"')
    expect((await get('/repos/o/r/pulls/1/files?page=3')).body).toEqual([])
  })

  it('keeps comments', async () => {
    const made = await scene.call('POST', '/repos/o/r/issues/1/comments', { body: 'one' })
    expect(made).toMatchObject({
      status: 201,
      body: { body: 'one', user: { login: 'github-actions[bot]', type: 'Bot' } },
    })
    const path = `/repos/o/r/issues/comments/${made.body.id}`
    expect((await scene.call('PATCH', path, { body: 'two' })).body.body).toBe('two')
    expect((await get('/repos/o/r/issues/1/comments')).body).toMatchObject([{ body: 'two' }])
    expect((await get(path)).body.body).toBe('two')
    expect((await scene.call('POST', '/repos/o/r/issues/1/comments', { body: 'x'.repeat(65537) })).status).toBe(422)
    expect(scene.github.comments(1)).toHaveLength(1)
    expect((await scene.call('DELETE', path)).status).toBe(204)
    expect((await get(path)).status).toBe(404)
  })
})

describe('what GitHub does not know', () => {
  it.each([
    ['GET', '/repos/o/r/nonsense', undefined, 404, 'GitHub has no such call'],
    ['GET', '/repos/o/r/actions/runs', undefined, 404, 'does not answer actions/list-workflow-runs-for-repo'],
    ['GET', '/repos/o/r/pulls/one', undefined, 422, 'parameter pull_number must be integer'],
    ['GET', '/repos/o/r/pulls/1/files?perpage=1', undefined, 422, 'unknown query parameter perpage'],
    ['POST', `/repos/o/r/statuses/${'a'.repeat(40)}`, { state: 'great' }, 422, 'body/state must be equal to one of'],
    ['POST', '/repos/o/r/issues/1/comments', { text: 'hi' }, 422, "body must have required property 'body'"],
    ['POST', '/repos/o/r/issues/1/comments', { body: 'hi', sticky: true }, 422, 'unknown field sticky'],
    ['POST', '/repos/o/r/git/refs', undefined, 422, 'the body is missing'],
  ])('%s %s is refused and remembered', async (method, path, body, status, problem) => {
    expect((await scene.call(method, path, body)).status).toBe(status)
    expect(scene.github.takeProblems().join('\n')).toContain(problem)
  })

  it('makes stop() fail', async () => {
    const other = await createScene()
    await other.call('GET', '/nonsense')
    await expect(other.github.stop()).rejects.toThrow('GET /nonsense: GitHub has no such call')
  })
})

describe('limits', () => {
  it('lists 300 files of a comparison on its first page only, and 3,000 of a pull request', async () => {
    const files = Object.fromEntries(Array.from({ length: 3001 }, (_, index) => [`many/${index}`, '']))
    await commitFiles(scene.base, { branch: 'many', from: scene.main, files })
    await commitFiles(scene.base, { branch: 'many', files: { last: '' } })
    scene.github.setPull({ number: 9, head: { branch: 'many' } })
    const first = await get('/repos/o/r/compare/main...many?per_page=1')
    expect([first.body.files.length, first.body.commits.length, first.body.total_commits]).toEqual([300, 1, 2])
    const second = await get('/repos/o/r/compare/main...many?per_page=1&page=2')
    expect([second.body.files, second.body.commits.length]).toEqual([undefined, 1])
    expect((await get('/repos/o/r/pulls/9')).body.changed_files).toBe(3002)
    expect((await get('/repos/o/r/pulls/9/files?per_page=100&page=30')).body).toHaveLength(100)
    expect((await get('/repos/o/r/pulls/9/files?per_page=100&page=31')).body).toEqual([])
  })
})
