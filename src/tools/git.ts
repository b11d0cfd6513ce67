import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { ActionError } from '../errors.ts'
import type { TreeEntry } from '../stack/types.ts'
import { type Command, execute, output } from './exec.ts'
import { gitEnvironment, gitSettings } from './git-settings.ts'

/** What git lists of a work tree: the index, what of it is gone, and new files that are not ignored. */
export interface Listing {
  readonly tracked: Promise<TreeEntry[]>
  readonly deleted: Promise<string[]>
  readonly untracked: Promise<string[]>
}

/** Local git, read only, below one folder. All paths are relative to that folder, which counts as the repository's root. */
export class Git {
  readonly #cwd: string
  readonly #env: Readonly<Record<string, string | undefined>>
  /** Commits by the revisions that name them: a run asks for HEAD and its base again and again, and moves neither. */
  readonly #commits = new Map<string, string>()
  /** The full name of what HEAD points at, `HEAD` itself where it is detached; null until it is known. */
  #headRef: string | null = null

  constructor({ cwd, env }: { cwd: string; env: Readonly<Record<string, string | undefined>> }) {
    this.#cwd = cwd
    this.#env = gitEnvironment(env)
  }

  /**
   * Whether the folder lies in a git work tree and is not ignored by it. Throws where git does not trust its owner. The same
   * process tells the commits of HEAD and of `base`, and the branch: each one saved is some milliseconds.
   */
  async isRepository(base: string | null = null): Promise<boolean> {
    // Of these alone git can be asked in one go: others may be options, ranges or several commits.
    const plain = base !== null && /^(?:[0-9a-f]{40,}|HEAD[~^0-9]*)$/.test(base) ? [base] : []
    const commits = ['HEAD', ...plain].map((revision) => `${revision}^{commit}`)
    const ask = ['rev-parse', '--is-inside-work-tree', '--show-prefix', ...commits, '--symbolic-full-name', 'HEAD']
    const ended = await execute(this.#command(ask)).catch(() => null)
    if (ended?.stderr.includes('dubious ownership')) {
      throw new ActionError('git', `${this.#cwd} belongs to another user: git does not read it`, [
        `git config --global --add safe.directory '${this.#cwd}' (in a container: as the user that runs this)`,
      ])
    }
    const [inside, prefix, ...answers] = ended?.stdout.toString().split('\n') ?? []
    if (inside !== 'true') return false
    // Where a commit is not there git repeats the question and fails: then each is asked for alone.
    if (ended?.status === 0) this.#keep(['HEAD', ...plain], answers)
    if (prefix === '') return true
    // check-ignore refuses to work with literal pathspecs; `.` is no pattern.
    const check = this.#command(['check-ignore', '--quiet', '.'])
    const ignored = await execute({ ...check, env: { ...check.env, GIT_LITERAL_PATHSPECS: undefined } })
    return ignored.status !== 0 || (await this.#bytes(['ls-files', '-z'])).length > 0
  }

  #keep(revisions: readonly string[], answers: readonly string[]): void {
    for (const [at, revision] of revisions.entries())
      for (const name of [revision, answers[at] ?? '']) this.#commits.set(name, answers[at] ?? '')
    // Empty where a tag has HEAD's name: to be asked for alone.
    this.#headRef = answers[revisions.length] || null
  }

  /** The commit that a revision names; null where it names none here (unknown, or not fetched). */
  async commit(revision: string): Promise<string | null> {
    const known = this.#commits.get(revision)
    if (known) return known
    const ended = await execute(
      this.#command(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]),
    )
    if (ended.status !== 0) return null
    const commit = ended.stdout.toString().trim()
    for (const name of [revision, commit]) this.#commits.set(name, commit)
    return commit
  }

  /** Parents of a commit as it records them, also where a shallow clone does not hold them. */
  async parents(commit: string): Promise<string[]> {
    const text = await this.#text(['cat-file', 'commit', commit])
    return [...text.slice(0, text.indexOf('\n\n')).matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? '')
  }

  /** The newest commit that both have; null without one, or where the history is cut (a shallow clone). */
  async mergeBase(one: string, other: string): Promise<string | null> {
    const ended = await execute(this.#command(['merge-base', '--end-of-options', one, other]))
    return ended.status === 0 ? ended.stdout.toString().trim() : null
  }

  /** Names of all tags of this clone. */
  async tags(): Promise<string[]> {
    return (await this.#text(['for-each-ref', '--format=%(refname:strip=2)', 'refs/tags'])).split('\n').filter(Boolean)
  }

  /** The branch that is checked out; null on a detached head. */
  async branch(): Promise<string | null> {
    const ref =
      this.#headRef ?? (await execute(this.#command(['symbolic-ref', '--quiet', 'HEAD']))).stdout.toString().trim()
    return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null
  }

  /**
   * Commits from `revision` back along first parents, newest first, `revision` included, at most `limit`. Of a revision
   * that a shallow clone lacks nothing else is known.
   */
  async ancestors(revision: string, limit: number): Promise<string[]> {
    if (!(await this.commit(revision))) return [revision]
    return (
      await this.#text(['rev-list', '--first-parent', `--max-count=${limit}`, '--end-of-options', revision, '--'])
    )
      .split('\n')
      .filter(Boolean)
  }

  /** Committer time of a commit, seconds since the epoch: the reproducible `created` of what is built from it. */
  async commitTime(revision: string): Promise<number> {
    const text = await this.#text(['cat-file', 'commit', revision])
    return Number(/^committer .*> (\d+) [+-]\d+$/m.exec(text.slice(0, text.indexOf('\n\n')))?.[1] ?? 0)
  }

  /** The URL of the remote `origin`, null without one. It may hold a user and a password. */
  async remoteUrl(): Promise<string | null> {
    const ended = await execute(this.#command(['config', '--get', 'remote.origin.url']))
    return ended.status === 0 ? ended.stdout.toString().trim() : null
  }

  /**
   * Files that differ between two commits, or between a commit and the work tree (`head` null, new files included, those
   * of `listing` where there is one).
   */
  async changedFiles(base: string, head: string | null, listing?: Listing): Promise<string[]> {
    const diff = [
      'diff',
      '--name-only',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--ignore-submodules=none',
      '--relative',
      '-z',
    ]
    const [changed, untracked] = await Promise.all([
      this.#bytes([...diff, '--end-of-options', base, ...(head ? [head] : []), '--']),
      head ? [] : (listing?.untracked ?? this.untracked()),
    ])
    return [...new Set([...names(changed), ...untracked])]
  }

  /** Files of the work tree that git neither tracks nor ignores. */
  async untracked(): Promise<string[]> {
    return names(await this.#bytes(['ls-files', '-z', '--others', '--exclude-standard']))
  }

  /** Whether the work tree differs from HEAD; so does every tree before the first commit. */
  async isDirty(): Promise<boolean> {
    if ((await this.commit('HEAD')) === null) return true
    return (await this.changedFiles('HEAD', null)).length > 0
  }

  /** Lists the work tree by two processes at once: one looks into the index alone, and is done long before the other. */
  listing(): Listing {
    const differing = this.#bytes(['ls-files', '-z', '-t', '--deleted', '--others', '--exclude-standard']).then(names)
    const tracked = this.#bytes(['ls-files', '-z', '--stage']).then((bytes) =>
      names(bytes).map((line) => ({ mode: line.slice(0, 6), path: line.slice(line.indexOf('\t') + 1) })),
    )
    const tagged = async (tag: string) =>
      (await differing).filter((line) => line.startsWith(tag)).map((line) => line.slice(tag.length))
    const [deleted, untracked] = [tagged('R '), tagged('? ')]
    for (const part of [tracked, deleted, untracked]) part.catch(() => undefined)
    return { tracked, deleted, untracked }
  }

  /** The files of the work tree: tracked and there, and new ones that are not ignored. */
  async workTree(listing: Listing = this.listing()): Promise<TreeEntry[]> {
    const [tracked, deleted, untracked] = await Promise.all([listing.tracked, listing.deleted, listing.untracked])
    const gone = new Set(deleted)
    // In an unfinished merge git lists a file once for each side, one after the other.
    const once = tracked.filter(({ path }, at) => path !== tracked[at + 1]?.path && !gone.has(path))
    return [...once, ...(await this.#entries(untracked))]
  }

  /** Untracked files with the mode that git would give them; a repository inside counts as a submodule. */
  async #entries(untracked: readonly string[]): Promise<TreeEntry[]> {
    return await Promise.all(
      untracked.map(async (name) => {
        if (name.endsWith('/')) return { mode: '160000', path: name.slice(0, -1) }
        const status = await lstat(path.join(this.#cwd, name)).catch(() => null)
        return { mode: status?.isSymbolicLink() ? '120000' : '100644', path: name }
      }),
    )
  }

  /** Tracked files with the ids of what is staged, one entry a file. */
  async staged(): Promise<(TreeEntry & { oid: string })[]> {
    const lines = names(await this.#bytes(['ls-files', '-z', '--stage']))
    const entries = lines.map((line) => {
      const tab = line.indexOf('\t')
      const [mode = '', oid = ''] = line.slice(0, tab).split(' ')
      return { mode, oid, path: line.slice(tab + 1) }
    })
    return entries.filter(({ path }, at) => path !== entries[at + 1]?.path)
  }

  /** Tracked files whose work tree may differ from what is staged, those that are gone among them. */
  async modified(): Promise<string[]> {
    return names(await this.#bytes(['diff-files', '--name-only', '--relative', '-z']))
  }

  /** Files below some folders that git does not track, those that it ignores among them; a repository inside ends in a slash. */
  async untrackedBelow(folders: readonly string[]): Promise<string[]> {
    return folders.length === 0 ? [] : names(await this.#bytes(['ls-files', '-z', '--others', '--', ...folders]))
  }

  /** The files of a commit, with object id and size in bytes. */
  async tree(revision: string): Promise<(TreeEntry & { oid: string; size: number })[]> {
    return names(await this.#bytes(['ls-tree', '-r', '-l', '-z', '--end-of-options', revision])).map((line) => {
      const tab = line.indexOf('\t')
      const [mode = '', , oid = '', size = '0'] = line.slice(0, tab).split(/ +/)
      return { mode, oid, size: Number(size) || 0, path: line.slice(tab + 1) }
    })
  }

  /** Contents of blobs by object id, in one process. Throws ActionError('git') where one is missing. */
  async blobs(oids: readonly string[]): Promise<Map<string, Buffer>> {
    const found = await this.objects(oids)
    const missing = oids.find((_, at) => !found[at])
    if (missing !== undefined)
      throw new ActionError('git', `git object ${missing} is missing`, [
        'the clone is partial: fetch it whole (actions/checkout without `filter`)',
      ])
    return new Map(oids.map((oid, at) => [oid, found[at] ?? Buffer.alloc(0)]))
  }

  /** Contents of what git's names of objects stand for, `COMMIT:PATH` among them, in one process; null for what is missing. */
  async objects(objects: readonly string[]): Promise<(Buffer | null)[]> {
    if (objects.length === 0) return []
    const bytes = await output({ ...this.#command(['cat-file', '--batch']), input: `${objects.join('\n')}\n` })
    const found: (Buffer | null)[] = []
    for (let at = 0; at < bytes.length; ) {
      const end = bytes.indexOf(10, at)
      const size = /^[0-9a-f]+ [a-z]+ (\d+)$/.exec(bytes.toString('latin1', at, end))?.[1]
      found.push(size === undefined ? null : bytes.subarray(end + 1, end + 1 + Number(size)))
      at = size === undefined ? end + 1 : end + 1 + Number(size) + 1
    }
    return found
  }

  async #text(args: readonly string[]): Promise<string> {
    return (await this.#bytes(args)).toString()
  }

  async #bytes(args: readonly string[]): Promise<Buffer> {
    return await output(this.#command(args))
  }

  #command(args: readonly string[]): Command {
    return {
      file: 'git',
      args: [...gitSettings, ...args],
      cwd: this.#cwd,
      env: this.#env,
      code: 'git',
      title: `git ${args[0]}`,
    }
  }
}

function names(bytes: Buffer): string[] {
  return bytes.toString().split('\0').filter(Boolean)
}
