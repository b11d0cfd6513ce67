import { execFileSync, spawnSync } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createRepository, gitEnvironment, type Repository } from '../helpers/repository.ts'
import { keptSource, sourceCli } from '../helpers/source-cli.ts'

const url = 'https://conda.anaconda.org/conda-forge/linux-64'

/** A conda-lock.yml of `name version` packages. */
function condaLock(...packages: readonly string[]): string {
  const entries = packages.map((text) => {
    const [name, version] = text.split(' ')
    return [
      `- name: ${name}`,
      `  version: '${version}'`,
      '  manager: conda',
      '  platform: linux-64',
      '  dependencies: {}',
      `  url: ${url}/${name}-${version}-h0_0.conda`,
      '  hash:',
      `    md5: ${'a'.repeat(32)}`,
      `    sha256: ${'a'.repeat(64)}`,
      '  category: main',
      '  optional: false',
    ].join('\n')
  })
  return `version: 1
metadata:
  content_hash:
    linux-64: ${'a'.repeat(64)}
  channels:
  - url: conda-forge
    used_env_vars: []
  platforms:
  - linux-64
  sources:
  - environment.yml
package:
${entries.join('\n')}
`
}

function explicit(...files: readonly string[]): string {
  return `@EXPLICIT\n${files.map((file) => `${url}/${file}.conda#${'0'.repeat(32)}\n`).join('')}`
}

const sdk = 'FROM scratch\nCOPY . .\n'
let repository: Repository
/** The first commit has explicit locks alone, in the second one image has a conda-lock.yml and another is gone. */
let [old, now] = ['', '']

beforeAll(async () => {
  repository = await createRepository()
  old = repository.commit({
    'images/base/Dockerfile': sdk,
    'images/base/conda-linux-64.lock': explicit('numpy-1.26.0-py_0', 'gone-1-0'),
    'images/same/Dockerfile': sdk,
    'images/same/conda-lock.yml': condaLock('zlib 1.3'),
    'images/left/Dockerfile': sdk,
    'images/left/conda-linux-64.lock': explicit('zlib-1.3-0'),
  })
  repository.run('rm', '-r', '-q', 'images/left')
  now = repository.commit({
    'images/base/conda-lock.yml': condaLock('dask-gateway 2025.4', 'numpy 2.0.0'),
    'images/base/conda-linux-64.lock': 'not a lock at all\n',
  })
  repository.run('tag', 'v2', now)
  // What lies in the work tree is neither.
  repository.write({ 'images/base/conda-lock.yml': 'version: 99\n' })
})

afterAll(async () => await repository[Symbol.asyncDispose]())

function diff(...args: readonly string[]) {
  const ended = spawnSync(process.execPath, [sourceCli, 'diff', ...args, '--repo', repository.folder], {
    encoding: 'utf8',
    env: { ...gitEnvironment, ...keptSource },
  })
  return { status: ended.status, out: ended.stdout, error: ended.stderr }
}

describe('diff', () => {
  it('prints the contract’s JSON for a commit and a tag, of explicit locks where there is no conda-lock.yml', () => {
    const { status, out } = diff(old, 'v2', '--format', 'json')
    expect(status).toBe(0)
    const none = { added: [], removed: [], upgraded: [], downgraded: [], rebuilt: [] }
    expect(JSON.parse(out)).toEqual([
      {
        ...none,
        image: 'base',
        platform: 'linux-64',
        added: [{ name: 'dask-gateway', from: null, to: '2025.4' }],
        removed: [{ name: 'gone', from: '1', to: null }],
        upgraded: [{ name: 'numpy', from: '1.26.0', to: '2.0.0' }],
      },
      { ...none, image: 'same', platform: 'linux-64' },
      { ...none, image: 'left', platform: 'linux-64', removed: [{ name: 'zlib', from: '1.3', to: null }] },
    ])
  })

  it('takes packages of interest first, and images by name', () => {
    const { out } = diff(old, now, 'base', '--packages-of-interest', 'Dask-Gateway')
    expect(out).toBe(
      [
        'base linux-64: 1 added, 1 removed, 1 up (1 major)',
        '  + dask-gateway  2025.4',
        '  ↑ numpy         1.26.0 → 2.0.0  major',
        '  − gone          1',
        '',
      ].join('\n'),
    )
  })

  it('of a commit with itself finds nothing, and is a success', () => {
    expect(diff(now, 'HEAD')).toMatchObject({ status: 0, out: 'no package changed\n' })
  })

  it('ends quietly when its reader has seen enough', () => {
    const script = `"$0" "$1" diff ${old} ${now} --format json | head -c 1`
    const ended = spawnSync('sh', ['-c', script, process.execPath, sourceCli], {
      cwd: repository.folder,
      encoding: 'utf8',
    })
    expect(ended.stderr).toBe('')
  })

  it.each([
    [['HEAD'], 2, 'diff compares two commits or tags'],
    [['HEAD', 'nowhere'], 2, 'REV2: "nowhere" is not a commit in this repository'],
    [['--base', 'HEAD', '--head', 'HEAD'], 2, 'diff compares two commits or tags'],
    [['HEAD', 'HEAD', 'nobody'], 2, 'nobody'],
    [['HEAD', 'HEAD', '--check'], 2, '--check goes with lock, not with diff'],
    [['-x', 'HEAD'], 2, 'Unknown option'],
  ])('with %j ends with %i', (args, status, message) => {
    const ended = diff(...args)
    expect(ended.status).toBe(status)
    expect(ended.error).toContain(message)
  })

  it.each([
    [
      'a symlink',
      (folder: string) => execFileSync('ln', ['-sf', '/etc/passwd', path.join(folder, 'images/base/conda-lock.yml')]),
    ],
    ['no lock', () => repository.write({ 'images/base/conda-lock.yml': 'version: 1\nmetadata: &a [*a]\n' })],
  ])('tells a conda-lock.yml that is %s by its name', (_, break_) => {
    break_(repository.folder)
    repository.run('add', '--all')
    const commit = repository.run('commit-tree', '-m', 'x', repository.run('write-tree'))
    const ended = diff(old, commit)
    expect(ended.status).toBe(1)
    expect(ended.error).toContain('images/base/conda-lock.yml')
    expect(ended.error).not.toContain('root:')
  })
})
