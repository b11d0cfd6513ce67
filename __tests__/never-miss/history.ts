import { execFileSync } from 'node:child_process'
import type { ModelFile } from './stack-model.ts'

/** A commit to be made: parents by their place in the list, files in full. */
export interface ModelCommit {
  readonly parents: readonly number[]
  readonly files: Readonly<Record<string, ModelFile>>
}

/** Makes a repository that holds these commits and gives their names; each is kept by a ref of its own. */
export function makeHistory(directory: string, commits: readonly ModelCommit[]): string[] {
  gitIn(directory, 'init', '--quiet', '--initial-branch=main', '.')
  gitIn(directory, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const stream = commits.map(importOf).join('')
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: directory, input: `${stream}done\n`, env: quiet })
  const refs = gitIn(directory, 'for-each-ref', '--format=%(refname:lstrip=2) %(objectname)', 'refs/keep')
    .trim()
    .split('\n')
  const byPlace = new Map(refs.map((line) => [Number(line.split(' ')[0]), line.split(' ')[1] ?? '']))
  return commits.map((_, at) => byPlace.get(at) ?? '')
}

/** Runs git there and gives what it says. */
export function gitIn(directory: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: directory, env: quiet, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** A clone of depth 1 as actions/checkout makes it. */
export function shallowClone(from: string, directory: string, commit: string): void {
  gitIn(directory, 'init', '--quiet', '.')
  gitIn(directory, 'fetch', '--quiet', '--no-tags', '--depth=1', `file://${from}`, `+${commit}:refs/remotes/pull/head`)
  gitIn(directory, 'checkout', '--quiet', '--force', '--detach', commit)
}

const quiet = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' }

function importOf({ parents, files }: ModelCommit, at: number): string {
  const [first, ...others] = parents
  const message = `commit ${at}`
  return [
    `commit refs/keep/${at}\nmark :${at + 1}\ncommitter a <a@example.org> ${1_700_000_000 + at} +0000\n`,
    `data ${Buffer.byteLength(message)}\n${message}\n`,
    first === undefined ? '' : `from :${first + 1}\n`,
    ...others.map((parent) => `merge :${parent + 1}\n`),
    'deleteall\n',
    ...Object.entries(files).map(([path, { mode, text }]) =>
      mode === '160000'
        ? `M 160000 ${text} ${quoted(path)}\n`
        : `M ${mode} inline ${quoted(path)}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    ),
    '\n',
  ].join('')
}

/** A path as fast-import reads any: in quotes, with the escapes of C. */
function quoted(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
