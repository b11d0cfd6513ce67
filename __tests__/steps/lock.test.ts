import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { type ChannelServer, makeStackRepository, startChannel } from '../../sandbox/conda/index.ts'
import { keptSource, sourceCli } from '../helpers/source-cli.ts'
import { createTemporary } from '../helpers/temporary.ts'

const pangeo = 'images/pangeo-notebook'
let temporary: Awaited<ReturnType<typeof createTemporary>>
let channel: ChannelServer
let repo = ''

// The reference stack with small environments: base- and pangeo-notebook for four platforms, ml-notebook for one; the last two
// are also made from the files of those before them.
beforeAll(async () => {
  temporary = await createTemporary()
  channel = await startChannel()
  repo = path.join(temporary.folder, 'repository')
  await makeStackRepository(repo, { channelUrl: channel.url, data: channel.data, small: true, solvable: true })
}, 120_000)

afterAll(async () => {
  await channel.stop()
  await temporary[Symbol.asyncDispose]()
})

afterEach(() => {
  git('checkout', '--quiet', '--force', '.')
  git('clean', '--quiet', '--force', '-d')
})

const environment = () => ({
  ...process.env,
  ...keptSource,
  XDG_CACHE_HOME: path.join(temporary.folder, 'cache'),
  GITHUB_TOKEN: '',
})
const read = (name: string) => readFileSync(path.join(repo, name), 'utf8')
const write = (name: string, text: string) => writeFileSync(path.join(repo, name), text)

function git(...args: readonly string[]): string {
  const ended = spawnSync('git', ['-C', repo, ...args], { encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(ended.stderr)
  return ended.stdout.trim()
}

/** The channel is served by this very process: nothing here may block it. */
async function lock(...args: readonly string[]) {
  const all = [sourceCli, 'lock', ...args, '--repo', repo, '--allowed-channels', channel.url]
  return await new Promise<{ status: number; out: string; error: string }>((resolve) => {
    const options = { env: environment(), maxBuffer: 1e8, timeout: 100_000 }
    const child = execFile(process.execPath, all, options, (_, out, error) =>
      resolve({ status: child.exitCode ?? -1, out, error }),
    )
  })
}

async function check(...args: readonly string[]) {
  const { status, out, error } = await lock('--check', '--format', 'json', ...args)
  const found = JSON.parse(out) as {
    fresh: boolean
    locks: { image: string; platform: string; fresh: boolean; reason: string }[]
    problems?: { file: string; line: number; rule: string }[]
  }
  const stale = found.locks.filter((one) => !one.fresh).map((one) => `${one.image} ${one.platform}`)
  return { ...found, status, error, stale }
}

/** Adds a package to an environment. */
function add(folder: string, name: string): void {
  write(`${folder}/environment.yml`, `${read(`${folder}/environment.yml`).trimEnd()}\n  - ${name}\n`)
}

const changed = () =>
  git('status', '--porcelain')
    .split('\n')
    .map((line) => line.trim().split(' ').at(-1) ?? '')
const outputs = (folder: string) =>
  ['conda-linux-64.lock', 'conda-lock.yml', 'packages.txt'].map((name) => `${folder}/${name}`)

describe('lock --check', () => {
  it('finds every lock fresh, and asks no channel', async () => {
    const before = channel.accessLog().length
    const found = await check()
    expect(found).toMatchObject({ status: 0, fresh: true, stale: [] })
    expect(found.locks).toHaveLength(9)
    expect(found.problems).toBeUndefined()
    expect(found.locks[0]).toEqual({
      image: 'base-notebook',
      platform: 'linux-64',
      fresh: true,
      reason: expect.any(String),
    })
    expect(channel.accessLog().length).toBe(before)
  })

  // The environment of one image is a source of the locks of others.
  it.each([
    ['images/ml-notebook', ['ml-notebook']],
    [pangeo, ['ml-notebook', 'pangeo-notebook']],
    ['images/base-notebook', ['base-notebook', 'ml-notebook', 'pangeo-notebook']],
  ])('after an edit of %s/environment.yml finds %j stale', async (folder, images) => {
    add(folder, 'dill')
    const found = await check()
    expect(found).toMatchObject({ status: 1, fresh: false })
    expect([...new Set(found.stale.map((text) => text.split(' ')[0]))]).toEqual(images)
    expect(found.error).toContain(`locks stale: ${images.join(', ')}`)
  })

  it('finds only the platforms stale that an edit is for', async () => {
    add(pangeo, 'dill # [osx]')
    expect((await check()).stale).toEqual(['pangeo-notebook osx-64', 'pangeo-notebook osx-arm64'])
  })

  it('of one image looks at that one', async () => {
    add('images/base-notebook', 'dill')
    expect((await check('ml-notebook')).stale).toEqual(['ml-notebook linux-64'])
  })

  it('of a commit reads git’s objects, whatever the work tree holds', async () => {
    add(pangeo, 'dill')
    expect(await check('--head', 'HEAD')).toMatchObject({ status: 0, stale: [] })
  })

  it('does not pass a comment or another order for a change', async () => {
    write(`${pangeo}/environment.yml`, `# a word\n${read(`${pangeo}/environment.yml`)}`)
    expect(await check()).toMatchObject({ status: 0, fresh: true })
  })

  it.each([
    ['conda-linux-64.lock', (text: string) => text.replace('/noarch/', '/../noarch/')],
    ['packages.txt', (text: string) => text.replace(/==.*$/m, '==0')],
    ['conda-lock.yml', (text: string) => text.replace(channel.url, 'https://evil.test/conda-forge')],
    ['conda-lock.yml', (text: string) => text.replace(/^( {4}md5: ).*$/m, `$1${'a'.repeat(32)}`)],
  ])('sees an edit of %s by hand', async (name, edit) => {
    write(`${pangeo}/${name}`, edit(read(`${pangeo}/${name}`)))
    const found = await check()
    expect(found.status).toBe(1)
    expect(found.problems?.[0]?.file).toContain(pangeo)
    expect(found.error).toContain('broken rule')
  })

  it.each([
    ['a symlink', (file: string) => symlinkSync('/etc/passwd', file), 'it is a symlink'],
    ['gone', () => undefined, 'it is not there'],
    ['no YAML', (file: string) => writeFileSync(file, 'dependencies: [\n'), 'environment.yml'],
    [
      'full of aliases',
      (file: string) => writeFileSync(file, 'a: &a [x]\ndependencies: [*a, *a]\n'),
      'environment.yml',
    ],
  ])('calls a lock stale whose environment.yml is %s, and still looks at the others', async (_, break_, reason) => {
    rmSync(path.join(repo, 'images/ml-notebook/environment.yml'))
    break_(path.join(repo, 'images/ml-notebook/environment.yml'))
    const found = await check()
    expect(found.stale).toEqual(['ml-notebook linux-64'])
    expect(found.locks.find((one) => one.image === 'ml-notebook')?.reason).toContain(reason)
    expect(JSON.stringify(found)).not.toContain('root:')
  })
})

describe('lock --render', () => {
  it('writes again what was deleted, byte for byte, without solving', async () => {
    const before = channel.accessLog().length
    const deleted = ['base-notebook', 'pangeo-notebook'].flatMap((name) => outputs(`images/${name}`))
    for (const name of deleted.filter((one) => !one.endsWith('.yml'))) rmSync(path.join(repo, name))
    expect((await lock('--render')).status).toBe(0)
    expect(git('status', '--porcelain')).toBe('')
    expect(channel.accessLog().length).toBe(before)
  })

  it('leaves a packages.txt alone that no lock made', async () => {
    write(`${pangeo}/packages.txt`, 'curl\nvim\n')
    expect((await lock('--render')).status).toBe(0)
    expect(read(`${pangeo}/packages.txt`)).toBe('curl\nvim\n')
  })
})

describe('lock', () => {
  it('makes what is stale and nothing else; then all is fresh, and a second time nothing is asked or written', async () => {
    add(pangeo, 'dill')
    const made = await lock('--format', 'json')
    expect(made).toMatchObject({ status: 0 })
    const { written, diff } = JSON.parse(made.out) as {
      written: string[]
      diff: { image: string; added: { name: string }[] }[]
    }
    const files = [...outputs('images/ml-notebook'), ...outputs(pangeo)]
    expect(written.toSorted()).toEqual(files)
    expect(changed()).toEqual([...files, `${pangeo}/environment.yml`].sort())
    expect(diff.map(({ added }) => added.some(({ name }) => name === 'dill'))).toEqual([true, true, true, true, true])
    expect(await check()).toMatchObject({ status: 0, fresh: true })
    const [requests, text] = [channel.accessLog().length, read(`${pangeo}/conda-lock.yml`)]
    expect(await lock()).toMatchObject({ status: 0, out: 'all locks are fresh\n' })
    expect([channel.accessLog().length, read(`${pangeo}/conda-lock.yml`)]).toEqual([requests, text])
  }, 120_000)

  it('writes the same bytes for the same sources and the same channel', async () => {
    const texts: string[] = []
    for (const name of ['dill', 'dill']) {
      git('checkout', '--quiet', '--force', '.')
      add('images/ml-notebook', name)
      expect((await lock()).status).toBe(0)
      texts.push(outputs('images/ml-notebook').map(read).join(''))
    }
    expect(texts[0] === texts[1]).toBe(true)
  }, 120_000)

  it('with lock-mode minimal changes the package that was added', async () => {
    add(pangeo, 'dill')
    const made = await lock('pangeo-notebook', '--lock-mode', 'minimal', '--format', 'json')
    const [diff] = JSON.parse(made.out).diff
    expect(diff).toMatchObject({ image: 'pangeo-notebook', platform: 'linux-64', added: [{ name: 'dill' }] })
    expect([diff.removed, diff.upgraded, diff.downgraded]).toEqual([[], [], []])
    expect((await check()).stale).toEqual(['ml-notebook linux-64'])
  }, 120_000)

  it('with a dry run writes nothing', async () => {
    add('images/ml-notebook', 'dill')
    expect(await lock('--dry-run')).toMatchObject({ status: 0, out: expect.stringContaining('1 lock made') })
    expect(changed()).toEqual(['images/ml-notebook/environment.yml'])
  }, 120_000)

  it('tells what cannot be solved by file and line, and makes the other locks', async () => {
    add('images/ml-notebook', 'tensorflw')
    add('images/base-notebook', 'dill')
    const ended = await lock()
    expect(ended.status).toBe(1)
    const line = read('images/ml-notebook/environment.yml').trimEnd().split('\n').length
    expect(ended.error).toMatch(new RegExp(`ml-notebook: images/ml-notebook/environment.yml:${line}: .*tensorflw`))
    expect((await check()).stale).toEqual(['ml-notebook linux-64'])
    expect(changed()).not.toContain('images/ml-notebook/conda-lock.yml')
  }, 120_000)

  it('refuses a channel that is not allowed before it asks anybody', async () => {
    const before = channel.accessLog().length
    write(`${pangeo}/environment.yml`, read(`${pangeo}/environment.yml`).replace(channel.url, 'http://evil.test/x'))
    const ended = await lock('pangeo-notebook')
    expect(ended.status).toBe(1)
    expect(ended.error).toMatch(/channel/)
    expect(channel.accessLog().length).toBe(before)
  })

  it('refuses a link in the place of an explicit lock, and writes nothing through it', async () => {
    add('images/ml-notebook', 'dill')
    rmSync(path.join(repo, 'images/ml-notebook/conda-linux-64.lock'))
    writeFileSync(path.join(temporary.folder, 'outside'), 'mine')
    symlinkSync(path.join(temporary.folder, 'outside'), path.join(repo, 'images/ml-notebook/conda-linux-64.lock'))
    expect(await lock('ml-notebook')).toMatchObject({ status: 1, error: expect.stringContaining('symlink') })
    expect(readFileSync(path.join(temporary.folder, 'outside'), 'utf8')).toBe('mine')
  })

  it('killed in the middle of a solve leaves the old locks as they were', async () => {
    add(pangeo, 'dill')
    const texts = () => outputs(pangeo).map(read).join('')
    const [before, asked] = [texts(), channel.accessLog().length]
    const args = [sourceCli, 'lock', '--repo', repo, '--allowed-channels', channel.url]
    const env = { ...environment(), XDG_CACHE_HOME: path.join(temporary.folder, 'killed') }
    const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
    for (; channel.accessLog().length === asked; ) await new Promise((resolve) => setTimeout(resolve, 10))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(texts() === before).toBe(true)
    expect(changed()).toEqual([`${pangeo}/environment.yml`])
  }, 120_000)

  it.each([
    [['--check', '--render'], '--check and --render do not go together'],
    [['--lock-mode', 'off'], 'lock-mode is off'],
    [['--head', 'HEAD'], '--head goes with lock --check alone'],
    [['nobody'], 'nobody'],
    [['--update', 'dill', '--lock-mode', 'refresh'], 'lock-mode is refresh'],
  ])('%j is wrong usage', async (args, message) => {
    expect(await lock(...args)).toMatchObject({ status: 2, error: expect.stringContaining(message) })
  })
})
