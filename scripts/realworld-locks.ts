/**
 * `node scripts/realworld-locks.ts DIR`: reads every conda-lock.yml of all branches of a git repository, writes it in today's layout,
 * renders its explicit lock and packages.txt, and counts what is the same as what was committed beside it.
 */
import { execFileSync } from 'node:child_process'
import { posix } from 'node:path'
import { renderExplicit } from '../src/lock/explicit.ts'
import { renderPackages } from '../src/lock/packages-list.ts'
import { readLock } from '../src/lock/read-lock.ts'
import { writeLock } from '../src/lock/write-lock.ts'

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('usage: node scripts/realworld-locks.ts DIR: a git repository, bare or not')
  process.exit(2)
}
const git = (...args: string[]) =>
  execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

const counts: Record<string, number> = {}
for (const { commit, path } of locks()) for (const word of check(commit, path)) counts[word] = (counts[word] ?? 0) + 1
console.table(counts)

/** Each state of a lock once, at the commit that made it. */
function locks(): { commit: string; path: string }[] {
  const log = git(
    'log',
    '--all',
    '--reverse',
    '--format=@%H',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '-m',
    '--diff-filter=AM',
    '--',
    '*conda-lock.yml',
  )
  const found = new Map<string, { commit: string; path: string }>()
  let commit = ''
  for (const line of log.split('\n')) {
    if (line.startsWith('@')) commit = line.slice(1)
    const [meta = '', path] = line.split('\t')
    const key = `${meta.split(' ')[3]} ${path}`
    if (path && !found.has(key)) found.set(key, { commit, path })
  }
  return [...found.values()]
}

function check(commit: string, path: string): string[] {
  const text = git('show', `${commit}:${path}`)
  const beside = (name: string) => attempt(() => git('show', `${commit}:${posix.join(posix.dirname(path), name)}`))
  const lock = attempt(() => readLock(text, path))
  if (!lock) return ['locks', 'not readable']
  const written = writeLock(lock)
  const explicit = beside('conda-linux-64.lock')
  const packages = beside('packages.txt')
  return [
    'locks',
    ...(written === text ? ['written as it was'] : []),
    ...(writeLock(readLock(written)) === written ? [] : ['written otherwise the second time']),
    ...(explicit === null
      ? []
      : [explicit === renderExplicit(lock, 'linux-64') ? 'explicit lock the same' : 'explicit lock differs']),
    ...(explicit === null || packages === null
      ? []
      : [packages === attempt(() => renderPackages(explicit)) ? 'packages.txt the same' : 'packages.txt differs']),
  ]
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
