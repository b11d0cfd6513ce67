import { describe, expect, it } from '@jest/globals'
import { branchHead, compareCommits, readPullRequest } from '../../src/tools/github.ts'
import { sha } from '../helpers/events.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { type Answer, type ScriptedServer, startServer } from '../helpers/scripted-server.ts'

const repository = { id: 1, owner: 'pangeo', name: 'images' }
const inputs = createInputs({ githubToken: 'token' })

function json(body: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

function host(server: ScriptedServer) {
  return createHost({ env: { GITHUB_API_URL: `http://${server.address}` } })
}

function comparison(fields: Readonly<Record<string, unknown>> = {}) {
  return json({
    status: 'ahead',
    merge_base_commit: { sha: sha('e') },
    files: [{ filename: 'a' }, { filename: 'new', previous_filename: 'old' }],
    ...fields,
  })
}

describe('compareCommits', () => {
  const question = { inputs, repository, base: sha('a'), head: sha('b') }

  it('lists both names of a rename, and tells from which commit GitHub counts', async () => {
    await using server = await startServer(() => comparison())
    const changes = await compareCommits({ ...question, host: host(server) })
    expect(changes).toMatchObject({
      base: sha('e'),
      head: sha('b'),
      complete: true,
      reason: null,
      files: ['a', 'new', 'old'],
    })
    expect(server.asked).toHaveLength(1)
    expect(server.asked[0]?.url).toBe(`/repos/pangeo/images/compare/${sha('a')}...${sha('b')}`)
    expect(server.asked[0]?.headers.authorization).toBe('token token')
  })

  const many = Array.from({ length: 300 }, (_, at) => ({ filename: `f${at}` }))
  it.each<[string, Answer, string]>([
    ['a list that may be cut', comparison({ files: many }), 'lists 300 files at most'],
    ['a commit that GitHub does not know', json({ message: 'Not Found' }, 404), 'does not compare'],
    ['a token that may not', json({ message: 'no' }, 403), 'does not compare'],
    ['an answer of another shape', json([]), 'does not compare'],
    ['no JSON', { status: 200, body: '<html>' }, 'does not compare'],
  ])('is incomplete for %s', async (_title, answer, reason) => {
    await using server = await startServer(() => answer)
    const changes = await compareCommits({ ...question, host: host(server) })
    expect(changes).toMatchObject({ complete: false, files: [], reason: expect.stringContaining(reason) })
  })

  it('asks nobody without a token or a repository', async () => {
    await using server = await startServer(() => comparison())
    for (const lacking of [{ inputs: createInputs() }, { repository: null }])
      expect(await compareCommits({ ...question, host: host(server), ...lacking })).toMatchObject({ complete: false })
    expect(server.asked).toHaveLength(0)
  })
})

describe('readPullRequest', () => {
  const pull = (fields: Readonly<Record<string, unknown>> = {}) => ({
    title: 'Add x',
    user: { id: 10 },
    head: { ref: 'x', sha: sha('b'), repo: { id: 1 } },
    base: { ref: 'main', sha: sha('a'), repo: { id: 1 } },
    ...fields,
  })
  const read = (server: ScriptedServer, id: number | null = 1) =>
    readPullRequest({ host: host(server), inputs, repository: { ...repository, id }, number: 7 })

  it('takes all it needs from the API', async () => {
    await using server = await startServer(() => json(pull()))
    expect(await read(server)).toEqual({
      number: 7,
      title: 'Add x',
      headRef: 'x',
      headSha: sha('b'),
      baseRef: 'main',
      baseSha: sha('a'),
      fork: false,
      author: 10,
    })
    expect(server.asked[0]?.url).toBe('/repos/pangeo/images/pulls/7')
  })

  it.each<[string, Record<string, unknown>, number | null]>([
    ['another repository', { head: { ref: 'x', sha: sha('b'), repo: { id: 2 } } }, 1],
    ['a deleted one', { head: { ref: 'x', sha: sha('b'), repo: null } }, 1],
    ['one that is not the event’s', {}, 5],
  ])('is a fork’s from %s', async (_title, fields, id) => {
    await using server = await startServer(() => json(pull(fields)))
    expect(await read(server, id)).toMatchObject({ fork: true })
  })

  it('has no author where the account is gone', async () => {
    await using server = await startServer(() => json(pull({ user: null })))
    expect(await read(server)).toMatchObject({ fork: false, author: null })
  })

  it('is null where there is none, and an error with the permission where the token is too weak', async () => {
    await using missing = await startServer(() => json({ message: 'Not Found' }, 404))
    expect(await read(missing)).toBeNull()
    await using refusing = await startServer(() => json({ message: 'Resource not accessible' }, 403))
    await expect(read(refusing)).rejects.toMatchObject({
      code: 'github',
      message: expect.stringContaining('pull request 7'),
      details: [expect.stringContaining('pull-requests: read')],
    })
  })
})

describe('branchHead', () => {
  const ask = (server: ScriptedServer, branch = 'my/branch') =>
    branchHead({ host: host(server), inputs, repository, branch })

  it('is the commit that the branch names now', async () => {
    await using server = await startServer(() => json({ object: { sha: sha('b') } }))
    expect(await ask(server)).toBe(sha('b'))
    expect(decodeURIComponent(server.asked[0]?.url ?? '')).toBe('/repos/pangeo/images/git/ref/heads/my/branch')
  })

  it('is null where GitHub does not tell', async () => {
    await using server = await startServer(() => json({ message: 'Not Found' }, 404))
    expect(await ask(server)).toBeNull()
  })
})
