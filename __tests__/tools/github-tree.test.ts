import { describe, expect, it } from '@jest/globals'
import { commitFiles } from '../../sandbox/github/seed.ts'
import { readRemoteTree, remoteTree } from '../../src/tools/github-tree.ts'
import { openPullScene, type PullScene } from '../steps/pull-scene.ts'

const repository = { owner: 'pangeo', name: 'images' }

async function read(scene: PullScene, commit: string, limit = 100) {
  const question = { ...scene.asker(), repository, commit, git: null, wanted: (path: string) => path !== 'b/no' }
  return await readRemoteTree({ ...question, limit: () => limit })
}

describe('readRemoteTree', () => {
  it('reads a fork’s commit from the repository that its pull request is made to', async () => {
    await using scene = await openPullScene()
    const tree = await read(scene, scene.patch)
    expect(tree.contents.get('a/environment.yml')).toBe('dependencies: [python, dask]\n')
    expect(tree.entries.map(({ path }) => path)).toContain('a/conda-lock.yml')
    expect(tree.refused).toEqual(new Map())
  })

  it('refuses links, and files above the limit, and asks for neither', async () => {
    await using scene = await openPullScene()
    const files = { 'b/link': { link: '/etc/passwd' }, 'b/large': 'x'.repeat(101), 'b/no': 'x' }
    const commit = await commitFiles(scene.base, { branch: 'topic', files })
    const tree = await read(scene, commit)
    expect([...tree.refused]).toEqual([
      ['b/large', 'it has 101 bytes, more than 100'],
      ['b/link', 'it is a symlink or a submodule'],
    ])
    expect([...tree.contents.keys()]).toEqual(['a/conda-lock.yml', 'a/environment.yml', 'spec.yml'])
    expect(scene.github.requests().filter(({ path }) => path.includes('/git/blobs/'))).toHaveLength(3)
  })

  // Broken by: a pull request with so many files that reading them uses up all requests of the hour.
  it('asks for no thousands of files', async () => {
    await using scene = await openPullScene()
    const files = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`${at}/Dockerfile`, `FROM a${at}\n`]))
    const commit = await commitFiles(scene.base, { branch: 'topic', files })
    await expect(read(scene, commit)).rejects.toMatchObject({ code: 'github', message: expect.stringContaining('603') })
  })

  it('says that GitHub does not know a commit', async () => {
    await using scene = await openPullScene()
    const commit = '1'.repeat(40)
    await expect(remoteTree({ ...scene.asker(), repository, commit })).rejects.toMatchObject({
      code: 'github',
      message: 'GitHub does not know the commit 1111111',
    })
  })
})
