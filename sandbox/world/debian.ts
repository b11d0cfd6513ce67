import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ActionError } from '../../src/errors.ts'
import { withLock } from './lock.ts'
import { run, tryRun, which } from './run.ts'

/** The Debian packages that bring a command. Without the keyring debootstrap would not check signatures. */
const packageOf = {
  debootstrap: 'debootstrap debian-archive-keyring',
  git: 'git',
  go: 'golang-go',
  ip: 'iproute2',
  iptables: 'iptables',
  python3: 'python3-pip',
  runc: 'runc',
  strip: 'binutils',
  tar: 'tar',
} as const

/** The path of a command; its Debian package is installed when it is missing. */
export async function ensureCommand(command: keyof typeof packageOf): Promise<string> {
  const there = which(command)
  if (there) return there
  const names = packageOf[command]
  await withLock('apt-get', async () => {
    if (which(command)) return
    requireRoot(`to install ${names}`)
    process.stderr.write(`sandbox: installing ${names} …\n`)
    const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300']
    await run('apt-get', [...options, 'update'])
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', [...options, 'install', '--no-install-recommends', '--yes', ...names.split(' ')], { env })
  })
  const path = which(command)
  if (path) return path
  throw new ActionError('builder', `the command ${command} is not there`, [`Install ${names}.`])
}

/** Fails with the reason when this process is not root's. */
export function requireRoot(reason: string): void {
  if (process.getuid?.() === 0) return
  throw new ActionError('builder', `root is needed ${reason}`, ['Run it as root, or in a privileged container.'])
}

/** The Debian mirrors of this machine's apt: the archive and, where there is one, the security archive. */
export async function debianMirrors(): Promise<{ archive: string | null; security: string | null }> {
  const { stdout } = await tryRun('apt-get', ['indextargets', '--format', '$(SITE) $(COMPONENT)'])
  const sites = stdout
    .split('\n')
    .filter((line) => line.endsWith(' main'))
    .map((line) => line.split(' ')[0] ?? '')
  const find = (pattern: RegExp) => sites.find((site) => pattern.test(site)) ?? null
  return { archive: find(/\/debian\/?$/), security: find(/\/debian-security\/?$/) }
}

/** How this machine's apt gets at its mirrors (proxies, checks), as lines of an apt.conf. */
export async function aptTransport(): Promise<string> {
  const dump = await run('apt-config', ['dump', '--format', '%F "%v";%n', 'Acquire'])
  const kept = /^Acquire::(https?::(?!CAInfo)|Check-|ForceIPv|Retries).*"[^"]+";$/
  return dump
    .split('\n')
    .filter((line) => kept.test(line))
    .join('\n')
}

/**
 * Unpack Debian packages into `root` without installing them. `packages` maps a name to the version that is wanted,
 * or to null for any; `suite` is where they come from, null for this machine's own sources.
 */
export async function unpackPackages(
  root: string,
  packages: Readonly<Record<string, string | null>>,
  suite: string | null = null,
): Promise<void> {
  const work = `${root}.apt`
  const debs = join(work, 'debs')
  await mkdir(debs, { recursive: true })
  const options = suite ? await privateApt(work, suite) : []
  await withLock('apt-get', () => run('apt-get', ['-qq', ...options, 'update']))
  for (const [name, version] of Object.entries(packages)) await download(debs, options, name, version)
  for (const deb of await readdir(debs)) await run('dpkg', ['-x', join(debs, deb), root])
}

async function download(debs: string, options: readonly string[], name: string, version: string | null): Promise<void> {
  const get = ['-qq', ...options, '-o', 'APT::Sandbox::User=root', 'download']
  const pinned = version ? await tryRun('apt-get', [...get, `${name}=${version}`], { cwd: debs }) : null
  if (pinned?.code === 0) return
  if (version) process.stderr.write(`sandbox: ${name} ${version} is no longer offered, another version is taken\n`)
  await run('apt-get', [...get, name], { cwd: debs })
}

/** apt with a source list and a state of its own: the machine's stay as they are. */
async function privateApt(work: string, suite: string): Promise<string[]> {
  const { archive } = await debianMirrors()
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
  if (!archive || !(await readFile(keyring).catch(() => null))) {
    throw new ActionError('builder', `no Debian mirror is known to this machine's apt: no packages of ${suite}`, [
      'Run it on Debian, or install a Docker engine: one that answers is used as it is.',
    ])
  }
  await mkdir(join(work, 'lists/partial'), { recursive: true })
  await mkdir(join(work, 'cache/archives/partial'), { recursive: true })
  await mkdir(join(work, 'empty'), { recursive: true })
  await writeFile(join(work, 'sources.list'), `deb [signed-by=${keyring}] ${archive} ${suite} main\n`)
  const settings = {
    'Dir::Etc::SourceList': join(work, 'sources.list'),
    'Dir::Etc::SourceParts': join(work, 'empty'),
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': join(work, 'empty'),
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::Cache': join(work, 'cache'),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
}
