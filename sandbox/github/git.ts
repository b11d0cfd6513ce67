import { spawn } from 'node:child_process'

/** Options of one git command in a bare repository. */
export interface GitOptions {
  readonly directory: string
  readonly input?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
}

/** Variables that make commits of the double the same wherever it runs. */
export const webFlow = {
  GIT_AUTHOR_NAME: 'github-actions[bot]',
  GIT_AUTHOR_EMAIL: '41898282+github-actions[bot]@users.noreply.github.com',
  GIT_COMMITTER_NAME: 'GitHub',
  GIT_COMMITTER_EMAIL: 'noreply@github.com',
} as const

/** Runs git with these arguments; gives its output. Throws with its error text where it fails. */
export async function git(options: GitOptions, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(options, args)
  if (code !== 0) throw new Error(`git ${args[0]} in ${options.directory}: exit code ${code}: ${stderr.trim()}`)
  return stdout.toString('utf8')
}

/** The same; null where git fails. */
export async function tryGit(options: GitOptions, ...args: readonly string[]): Promise<string | null> {
  const { code, stdout } = await run(options, args)
  return code === 0 ? stdout.toString('utf8') : null
}

/** The same, as bytes: for files. */
export async function gitBytes(options: GitOptions, ...args: readonly string[]): Promise<Buffer | null> {
  const { code, stdout } = await run(options, args)
  return code === 0 ? stdout : null
}

/** The commit that a branch, tag or SHA names, in GitHub's order; null where there is none. */
export async function resolveCommit(directory: string, name: string): Promise<string | null> {
  for (const candidate of [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`, name]) {
    if (candidate === name && !/^(refs\/.+|[0-9a-f]{7,40}|HEAD)$/.test(name)) continue
    const found = await tryGit(
      { directory },
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${candidate}^{commit}`,
    )
    if (found) return found.trim()
  }
  return null
}

/** Makes a commit of another repository known in this one, as in GitHub's network of forks. */
export async function takeCommit(directory: string, from: string, sha: string): Promise<void> {
  if (directory === from || (await tryGit({ directory }, 'cat-file', '-e', `${sha}^{commit}`)) !== null) return
  await git(
    { directory, env: { GIT_CONFIG_COUNT: '1', ...config(0, 'uploadpack.allowAnySHA1InWant', 'true') } },
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    from,
    sha,
  )
}

/** A configuration entry as git reads it from the environment. */
export function config(index: number, key: string, value: string): Record<string, string> {
  return { [`GIT_CONFIG_KEY_${index}`]: key, [`GIT_CONFIG_VALUE_${index}`]: value }
}

/** The environment of git processes: nothing of the user's own configuration, no questions. */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '', HOME = '/' } = process.env
  return {
    PATH,
    HOME,
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    ...extra,
  }
}

function run({ directory, input, env }: GitOptions, args: readonly string[]) {
  return new Promise<{ code: number | null; stdout: Buffer; stderr: string }>((resolve, reject) => {
    const child = spawn('git', ['--git-dir', directory, ...args], { env: gitEnvironment(env), stdio: 'pipe' })
    const stdout: Buffer[] = []
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(stdout), stderr }))
    // A git that does not read its input ends before it is written.
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
  })
}
