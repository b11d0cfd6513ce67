import { execFileSync } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { commitsTouching, tagsOfHead } from '../../src/tools/git-history.ts'
import { pushWiki, type WikiPage } from '../../src/tools/wiki.ts'
import { createTemporary } from '../helpers/temporary.ts'

const env = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
}
const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, env, encoding: 'utf8' }).trim()

/** A wiki with a page of somebody's, and a hook that would tell that it ran. */
async function wiki(folder: string) {
  const work = path.join(folder, 'work')
  const bare = path.join(folder, 'x.wiki.git')
  await mkdir(work)
  git(work, 'init', '--quiet', '--initial-branch=master')
  await writeFile(path.join(work, 'Home.md'), 'by hand\n')
  git(work, 'add', '.')
  git(work, 'commit', '--quiet', '-m', 'first')
  git(folder, 'clone', '--quiet', '--bare', work, bare)
  return bare
}

async function push(folder: string, bare: string, pages: WikiPage[], run: string) {
  const question = { url: `file://${bare}`, token: '', pages, message: 'Update', folder: path.join(folder, run) }
  return await pushWiki({ ...question, env, signal: new AbortController().signal })
}

describe('a wiki', () => {
  it('gets all pages by one commit, and keeps what others wrote', async () => {
    await using temporary = await createTemporary()
    const bare = await wiki(temporary.folder)
    const pages = [
      { name: 'Images.md', text: 'one\n' },
      { name: 'Bases.md', text: 'two\n' },
    ]
    const commit = await push(temporary.folder, bare, pages, 'a')
    expect(git(bare, 'rev-parse', 'master')).toBe(commit)
    expect(git(bare, 'rev-list', '--count', 'master')).toBe('2')
    expect(git(bare, 'ls-tree', '--name-only', 'master').split('\n')).toEqual(['Bases.md', 'Home.md', 'Images.md'])
    expect(git(bare, 'show', 'master:Home.md')).toBe('by hand')
    // Fails if every run makes a commit of nothing.
    expect(await push(temporary.folder, bare, pages, 'b')).toBeNull()
    expect(git(bare, 'rev-parse', 'master')).toBe(commit)
  })

  // Fails if a page's name can reach into a folder, or git's own.
  it('has its pages in no folder, whatever an image is called', async () => {
    await using temporary = await createTemporary()
    const bare = await wiki(temporary.folder)
    const names = ['../.git/hooks/post-checkout', 'pytorch/cuda12.md', '-x.md']
    await push(
      temporary.folder,
      bare,
      names.map((name) => ({ name, text: 'x' })),
      'a',
    )
    expect(git(bare, 'ls-tree', '-r', '--name-only', 'master').split('\n')).toEqual([
      'Home.md',
      'git-hooks-post-checkout',
      'pytorch-cuda12.md',
      'x.md',
    ])
  })

  it('runs no hook that a template brings', async () => {
    await using temporary = await createTemporary()
    const bare = await wiki(temporary.folder)
    const hooks = path.join(temporary.folder, 'template', 'hooks')
    await mkdir(hooks, { recursive: true })
    await writeFile(path.join(hooks, 'pre-push'), `#!/bin/sh\ntouch ${temporary.folder}/ran\n`)
    await chmod(path.join(hooks, 'pre-push'), 0o755)
    const question = { url: `file://${bare}`, token: '', message: 'm', folder: path.join(temporary.folder, 'a') }
    const template = { GIT_TEMPLATE_DIR: path.join(temporary.folder, 'template') }
    const signal = new AbortController().signal
    await pushWiki({ ...question, pages: [{ name: 'A.md', text: 'a' }], env: { ...env, ...template }, signal })
    expect(execFileSync('ls', [temporary.folder], { encoding: 'utf8' })).not.toContain('ran')
  })

  it('that is not there is told with what to do', async () => {
    await using temporary = await createTemporary()
    await expect(push(temporary.folder, '/nonexistent.git', [], 'a')).rejects.toMatchObject({
      message: 'the wiki file:///nonexistent.git cannot be read',
      details: [expect.stringContaining('write its first page by hand'), expect.any(String)],
    })
  })
})

describe('commits with names', () => {
  it('are the tags that HEAD holds, oldest first, annotated ones by their commit', async () => {
    await using temporary = await createTemporary()
    const { folder: cwd } = temporary
    git(cwd, 'init', '--quiet')
    const commits: string[] = []
    for (const [at, name] of ['one', 'two', 'three'].entries()) {
      await writeFile(path.join(cwd, name), name)
      git(cwd, 'add', '.')
      const time = `2026-01-0${at + 1}T00:00:00Z`
      execFileSync('git', ['commit', '--quiet', '-m', name], {
        cwd,
        env: { ...env, GIT_COMMITTER_DATE: time, GIT_AUTHOR_DATE: time },
      })
      commits.push(git(cwd, 'rev-parse', 'HEAD'))
    }
    git(cwd, 'tag', '2026.01', commits[0]!)
    git(cwd, 'tag', '-a', '-m', 'x', 'with/slash', commits[1]!)
    git(cwd, 'tag', 'a-file', git(cwd, 'rev-parse', 'HEAD:one'))
    git(cwd, 'checkout', '--quiet', '--orphan', 'other')
    git(cwd, 'commit', '--quiet', '-m', 'x')
    git(cwd, 'tag', 'elsewhere')
    git(cwd, 'checkout', '--quiet', commits[2]!)
    expect(await tagsOfHead({ cwd, env }, 10)).toEqual([
      { name: '2026.01', commit: commits[0] },
      { name: 'with/slash', commit: commits[1] },
    ])
    expect(await tagsOfHead({ cwd, env }, 1)).toHaveLength(1)
    expect(await commitsTouching({ cwd, env }, ['two', 'three'], 10)).toEqual([
      { name: commits[1]!.slice(0, 7), commit: commits[1] },
      { name: commits[2]!.slice(0, 7), commit: commits[2] },
    ])
    expect(await commitsTouching({ cwd, env }, [], 10)).toEqual([])
  })
})
