import { appendFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../world/run.ts'
import { type ChannelData, loadChannelData } from './repodata.ts'
import { smallEnvironmentFile, smallEnvironments, smallLocks } from './small.ts'
import { nameChannel } from './solvable.ts'
import { translateLock } from './translate.ts'

/** What the repository is made for. */
export interface StackOptions {
  /** The channel's URL (`ChannelServer.url`). */
  readonly channelUrl: string
  /** What the channel serves; default: `loadChannelData()`. */
  readonly data?: ChannelData
  /** The same structure with environments of a few dozen packages. */
  readonly small?: boolean
  /** Let the environments name the channel, so that their locks can be solved anew and built; without it they name conda-forge. */
  readonly solvable?: boolean
  /** Keep the system packages of apt.txt, for which a build needs a Debian mirror; without it the files are empty. */
  readonly apt?: boolean
}

/** The repository's folder and its first commit. */
export interface StackRepository {
  readonly dir: string
  readonly commit: string
}

const images = join(import.meta.dirname, '../../images')

/**
 * Make a git repository of the reference stack in `dir`: images/ with its locks translated to the sandbox's channel, on
 * branch `main`, with one commit whose id depends on nothing but the files.
 */
export async function makeStackRepository(dir: string, options: StackOptions): Promise<StackRepository> {
  const data = options.data ?? (await loadChannelData())
  const target = join(dir, 'images')
  await mkdir(dir, { recursive: true })
  await cp(images, target, { recursive: true })
  const folders = (await readdir(target, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  for (const { name } of folders) {
    const files = new Set(await readdir(join(target, name)))
    if (options.small && smallEnvironments[name]) await makeSmall(join(target, name), name)
    if (!options.apt && files.has('apt.txt')) await writeFile(join(target, name, 'apt.txt'), '# none in the sandbox\n')
    for (const lock of [...files].filter(isLock))
      await translateFile(join(target, name, lock), options.channelUrl, data)
  }
  if (options.solvable) await nameChannel(target, options.channelUrl)
  if (options.small) await dropTests(join(target, 'spec.yml'))
  const alias = options.channelUrl.replace(/\/[^/]*$/, '')
  await appendFile(join(target, 'base-image', 'condarc.yml'), `channel_alias: ${alias}\n`)
  return { dir, commit: await firstCommit(dir) }
}

function isLock(file: string): boolean {
  return file === 'conda-lock.yml' || /^conda-.*\.lock$/.test(file)
}

async function translateFile(file: string, channelUrl: string, data: ChannelData): Promise<void> {
  await writeFile(file, translateLock(await readFile(file, 'utf8'), { to: channelUrl, data }))
}

async function makeSmall(folder: string, name: string): Promise<void> {
  const small = smallEnvironments[name]!
  const names = { condaLock: 'conda-lock.yml', explicit: 'conda-linux-64.lock', packages: 'packages.txt' }
  const read = async (file: string) => await readFile(join(folder, file), 'utf8')
  const real = {
    condaLock: await read(names.condaLock),
    explicit: await read(names.explicit),
    packages: await read(names.packages),
  }
  const locks = smallLocks(real, small)
  await writeFile(join(folder, 'environment.yml'), smallEnvironmentFile(small))
  await writeFile(join(folder, names.condaLock), locks.condaLock)
  await writeFile(join(folder, names.explicit), locks.explicit)
  await writeFile(join(folder, names.packages), locks.packages)
}

/** The tests import packages that only the real environments have. */
async function dropTests(spec: string): Promise<void> {
  await writeFile(spec, (await readFile(spec, 'utf8')).replace(/^ +test: .*\n/gm, ''))
}

async function firstCommit(dir: string): Promise<string> {
  const time = '2026-01-02T03:04:05Z'
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_DATE: time,
    GIT_COMMITTER_DATE: time,
  }
  const git = async (...args: string[]) => await run('git', ['-C', dir, ...args], { env })
  await git('init', '--quiet', '--initial-branch=main')
  await git('config', 'user.name', 'Sandbox')
  await git('config', 'user.email', 'sandbox@example.org')
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'Add the stack')
  return (await git('rev-parse', 'HEAD')).trim()
}
