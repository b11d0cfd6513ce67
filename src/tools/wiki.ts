import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { ActionError } from '../errors.ts'
import { type Command, output } from './exec.ts'
import { gitEnvironment, gitSettings } from './git-settings.ts'

/** A page of a wiki: its file's name, `Images.md`, and its text. */
export interface WikiPage {
  readonly name: string
  readonly text: string
}

/** A wiki's repository and who writes to it. */
export interface WikiQuestion {
  /** `https://github.com/OWNER/NAME.wiki.git`. */
  readonly url: string
  /** Sent to the host of `url` alone; empty: none. */
  readonly token: string
  readonly pages: readonly WikiPage[]
  readonly message: string
  /** An empty folder of the run. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

const author = { GIT_AUTHOR_NAME: 'github-actions[bot]', GIT_COMMITTER_NAME: 'github-actions[bot]' }
const mail = '41898282+github-actions[bot]@users.noreply.github.com'

/**
 * Puts pages into a wiki by one commit on top of what it has; other pages stay. Made of git's objects alone: no file of the wiki
 * is checked out, no hook runs. Gives the commit, null where every page is the same already. Throws ActionError('git').
 */
export async function pushWiki(question: WikiQuestion): Promise<string | null> {
  const { pages, message, folder } = question
  await mkdir(folder, { recursive: true })
  const git = createGit(question)
  await git(['init', '--quiet', '--bare', '.'])
  const { branch, head } = await fetchHead(git, question)
  await git(['read-tree', head])
  for (const { name, text } of pages) {
    const oid = await git(['hash-object', '-w', '--stdin'], text)
    await git(['update-index', '--add', '--cacheinfo', `100644,${oid},${plainName(name)}`])
  }
  const tree = await git(['write-tree'])
  if (tree === (await git(['rev-parse', `${head}^{tree}`]))) return null
  const commit = await git(['commit-tree', tree, '-p', head, '-m', message])
  // No force: what somebody wrote meanwhile is not lost, this push is refused.
  await git(['push', '--quiet', '--', question.url, `${commit}:refs/heads/${branch}`])
  return commit
}

type RunGit = (args: readonly string[], input?: string) => Promise<string>

async function fetchHead(git: RunGit, { url }: WikiQuestion): Promise<{ branch: string; head: string }> {
  try {
    const listed = await git(['ls-remote', '--symref', '--', url, 'HEAD'])
    const branch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(listed)?.[1] ?? 'master'
    await git(['fetch', '--quiet', '--depth=1', '--no-tags', '--', url, `refs/heads/${branch}`])
    return { branch, head: await git(['rev-parse', 'FETCH_HEAD']) }
  } catch (cause) {
    if (cause instanceof ActionError && cause.code === 'cancelled') throw cause
    throw new ActionError(
      'git',
      `the wiki ${url} cannot be read`,
      [
        'turn the wiki on in the repository’s settings and write its first page by hand: GitHub makes it then',
        'the token needs `contents: write`',
      ],
      { cause },
    )
  }
}

function createGit({ url, token, folder, env, signal }: WikiQuestion): RunGit {
  const base = path.resolve(folder)
  const login = Buffer.from(`x-access-token:${token}`).toString('base64')
  // By the environment: no other process sees it, and git sends it nowhere else.
  const secret = token
    ? {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: `http.${new URL(url).origin}/.extraheader`,
        GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${login}`,
      }
    : {}
  const own = {
    ...author,
    GIT_AUTHOR_EMAIL: mail,
    GIT_COMMITTER_EMAIL: mail,
    GIT_DIR: base,
    GIT_CONFIG_GLOBAL: '/dev/null',
  }
  return async (args, input) => {
    const command: Command = {
      ...{ file: 'git', args: [...gitSettings, ...args], cwd: base, signal, code: 'git', title: `git ${args[0]}` },
      env: { ...gitEnvironment(env), ...own, ...secret },
      ...(input === undefined ? {} : { input }),
    }
    return (await output(command)).toString().trim()
  }
}

/** A page's name comes from an image's: a folder in it would be another page's. */
function plainName(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '')
}
