import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { git, resolveCommit } from '../../../sandbox/github/git.ts'
import { commitFiles } from '../../../sandbox/github/seed.ts'
import { createScene, type Scene } from './world.ts'

// A shared machine may be slow: many git processes take their time.
jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await createScene({
    tokens: {
      t: { login: 'bot[bot]', write: ['contents', 'issues'] },
      weak: { login: 'github-actions[bot]', write: [] },
    },
  })
})
afterAll(() => scene.remove())
beforeEach(() => expect(scene.github.problems()).toEqual([]))

const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url messageHeadline } ref { name target { oid } } }
}`

function input(head: string, branch: string, fileChanges: object = {}) {
  return {
    branch: { repositoryNameWithOwner: 'o/r', branchName: branch },
    expectedHeadOid: head,
    message: { headline: 'Update the lock', body: 'Co-authored-by: Ann <ann@example.org>' },
    fileChanges,
  }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('createCommitOnBranch', () => {
  it('commits additions and deletions on the expected head', async () => {
    const head = await commitFiles(scene.base, { branch: 'one', from: 'main', files: { 'old.txt': 'x' } })
    const additions = [
      { path: 'é/new file.txt', contents: base64('new\n') },
      { path: 'a/Dockerfile', contents: '' },
    ]
    const changes = { additions, deletions: [{ path: 'old.txt' }] }
    const { body } = await scene.graphql(mutation, { input: input(head, 'one', changes) })
    const { commit, ref } = body.data.createCommitOnBranch
    expect(ref).toEqual({ name: 'one', target: { oid: commit.oid } })
    expect(await resolveCommit(scene.base, 'one')).toBe(commit.oid)
    const options = { directory: scene.base }
    expect((await git(options, 'rev-parse', `${commit.oid}^`)).trim()).toBe(head)
    expect(await git(options, 'show', `${commit.oid}:é/new file.txt`)).toBe('new\n')
    expect(await git(options, 'diff-tree', '-r', '-z', '--name-status', head, commit.oid)).toBe(
      'M\0a/Dockerfile\0D\0old.txt\0A\0é/new file.txt\0',
    )
    expect(await git(options, 'show', '-s', '--format=%an|%cn|%B', commit.oid)).toContain(
      'bot[bot]|GitHub|Update the lock\n\nCo-authored-by',
    )
  })

  it('refuses a head that has moved, and never loses the commit that moved it', async () => {
    const stale = await commitFiles(scene.base, { branch: 'two', from: 'main', files: { x: '1' } })
    const moved = await commitFiles(scene.base, { branch: 'two', files: { x: '2' } })
    const { status, body } = await scene.graphql(mutation, {
      input: input(stale, 'two', { additions: [{ path: 'x', contents: '' }] }),
    })
    expect(status).toBe(200)
    expect(body.data).toEqual({ createCommitOnBranch: null })
    expect(body.errors).toMatchObject([
      { type: 'STALE_DATA', path: ['createCommitOnBranch'], message: expect.stringContaining(stale) },
    ])
    expect(await resolveCommit(scene.base, 'two')).toBe(moved)
  })

  it('lets one of many at once win', async () => {
    const head = await commitFiles(scene.base, { branch: 'three', from: 'main', files: { x: '1' } })
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        scene.graphql(mutation, { input: input(head, 'three', { additions: [{ path: name, contents: '' }] }) }),
      ),
    )
    expect(answers.filter(({ body }) => body.data.createCommitOnBranch !== null)).toHaveLength(1)
    expect((await git({ directory: scene.base }, 'rev-list', '--count', `${head}..three`)).trim()).toBe('1')
  })

  it.each([
    ['a deletion of what is not there', { deletions: [{ path: 'none' }] }, 'requested for deletion'],
    ['a path in .git', { additions: [{ path: 'a/.GIT/config', contents: '' }] }, 'not a valid one'],
    ['a path out of the repository', { additions: [{ path: '../x', contents: '' }] }, 'not a valid one'],
  ])('refuses %s', async (_, changes, message) => {
    const { body } = await scene.graphql(mutation, { input: input(scene.main, 'main', changes) })
    expect(body.errors[0].message).toContain(message)
    expect(await resolveCommit(scene.base, 'main')).toBe(scene.main)
  })

  it('needs the right to write, a repository and a branch', async () => {
    const changes = input(scene.main, 'main')
    expect((await scene.graphql(mutation, { input: changes }, 'weak')).body.errors).toMatchObject([
      { type: 'FORBIDDEN' },
    ])
    expect((await scene.graphql(mutation, { input: changes }, 'unknown')).status).toBe(401)
    const elsewhere = { ...changes, branch: { repositoryNameWithOwner: 'o/none', branchName: 'main' } }
    expect((await scene.graphql(mutation, { input: elsewhere })).body.errors).toMatchObject([{ type: 'NOT_FOUND' }])
    expect((await scene.graphql(mutation, { input: input(scene.main, 'none') })).body.errors).toMatchObject([
      { type: 'STALE_DATA' },
    ])
  })
})

it('hides a comment that was made by REST', async () => {
  const { body: comment } = await scene.call('POST', '/repos/o/r/issues/1/comments', { body: 'hi' })
  const query = `mutation { minimizeComment(input: {subjectId: "${comment.node_id}", classifier: OUTDATED}) { minimizedComment { isMinimized minimizedReason } } }`
  expect((await scene.graphql(query)).body.data.minimizeComment.minimizedComment).toEqual({
    isMinimized: true,
    minimizedReason: 'outdated',
  })
})

it('tells a repository and its refs', async () => {
  const query =
    '{ repository(owner: "o", name: "r") { databaseId nameWithOwner ref(qualifiedName: "topic/é") { name target { oid } } } }'
  expect((await scene.graphql(query)).body.data.repository).toEqual({
    databaseId: scene.github.repository.id,
    nameWithOwner: 'o/r',
    ref: { name: 'topic/é', target: { oid: scene.topic } },
  })
})

describe('what the schema does not know', () => {
  it.each([
    ['{ repository(owner: "o") { id } }', undefined, 'Field "repository" argument "name"'],
    ['{ repository(owner: "o", name: "r") { colour } }', undefined, 'Cannot query field "colour"'],
    ['{ repository(owner: "o", name: "r") { diskUsage } }', undefined, 'the double has no Repository.diskUsage'],
    ['mutation { createCommitOnBranch }', undefined, 'must have a selection of subfields|is required'],
    [mutation, { input: { branch: {}, expectedHeadOid: 'main', message: { headline: 'x' } } }, 'not a GitObjectID'],
    [mutation, { input: { expectedHeadOid: 'a'.repeat(40), message: { headline: 'x' } } }, 'branch'],
    ['{', undefined, 'Syntax Error'],
  ])('refuses %j and remembers it', async (query, variables, message) => {
    expect((await scene.graphql(query, variables)).body.errors.length).toBeGreaterThan(0)
    expect(scene.github.takeProblems().join('\n')).toMatch(new RegExp(message))
  })
})
