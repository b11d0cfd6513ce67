import { git, tryGit } from './git.ts'

/** A commit to make in a bare repository, with no work tree. */
export interface SeedCommit {
  readonly branch: string
  /** Contents by path; null removes a file, a `link` makes a symbolic one. */
  readonly files: Readonly<Record<string, string | Buffer | null | { readonly link: string }>>
  readonly message?: string
  /** What a new branch starts from; an existing branch goes on from its own head. */
  readonly from?: string
  readonly author?: { readonly name: string; readonly email: string }
  /** Seconds since 1970: the same seed gives the same SHAs. */
  readonly time?: number
}

/** Makes an empty bare repository. */
export async function createBareRepository(directory: string, { defaultBranch = 'main' } = {}): Promise<void> {
  await git({ directory }, 'init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, directory)
}

/** Adds a commit to a branch, as a push by somebody would; gives its SHA. One process writes it, whatever its size. */
export async function commitFiles(directory: string, commit: SeedCommit): Promise<string> {
  const ref = `refs/heads/${commit.branch}`
  const parent = (await revision(directory, ref)) ?? (commit.from ? await revision(directory, commit.from) : null)
  const { name, email } = commit.author ?? { name: 'Ann', email: 'ann@example.org' }
  const person = `${name} <${email}> ${commit.time ?? 1_760_000_000} +0000`
  const parts = [
    `commit ${ref}\nmark :1\nauthor ${person}\ncommitter ${person}\n`,
    ...data(commit.message ?? 'Change files'),
    parent ? `from ${parent}\n` : '',
    ...Object.entries(commit.files).flatMap(([path, content]) => change(path, content)),
    // The answer goes to standard output.
    '\nget-mark :1\n',
  ]
  const input = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return (await git({ directory, input }, 'fast-import', '--quiet')).trim()
}

/** One line, or a line with contents, of git's fast-import format. */
function change(path: string, content: SeedCommit['files'][string]): (string | Buffer)[] {
  const name = `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
  if (content === null) return [`D ${name}\n`]
  if (typeof content === 'object' && 'link' in content) return [`M 120000 inline ${name}\n`, ...data(content.link)]
  return [`M 100644 inline ${name}\n`, ...data(content)]
}

function data(content: string | Buffer): (string | Buffer)[] {
  const bytes = Buffer.from(content as string)
  return [`data ${bytes.length}\n`, bytes, '\n']
}

async function revision(directory: string, name: string): Promise<string | null> {
  return (await tryGit({ directory }, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`))?.trim() ?? null
}
