import { type Answer, type Call, type Handler, ok, page, Refusal } from './call.ts'
import { changedFiles } from './diff.ts'
import { git, resolveCommit, takeCommit, tryGit } from './git.ts'
import { commitShape, fileShape } from './shapes.ts'
import type { ServedRepository } from './types.ts'

/** GitHub lists no more files than these in a comparison, and no more commits without pages. */
const comparedFiles = 300
const comparedCommits = 250
const commitFiles = 3000

/** `GET …/compare/{basehead}` and `GET …/commits/{ref}`. */
export const commitHandlers: Readonly<Record<string, Handler>> = {
  'repos/compare-commits-with-basehead': { handle: compare },
  'repos/get-commit': { handle: getCommit },
}

/** The three-dot comparison: what the head has that its merge base with the base has not. */
async function compare(call: Call): Promise<Answer> {
  const { repository, world } = call
  const { directory } = repository
  const [baseName, headName, ...more] = call.values.basehead!.split('...')
  if (!baseName || !headName || more.length > 0) throw new Refusal(404, 'Not Found')
  const base = await commitOf(call, baseName)
  const head = await commitOf(call, headName)
  const mergeBase = (await tryGit({ directory }, 'merge-base', base, head))?.trim()
  if (!mergeBase) throw new Refusal(404, `No common ancestor between ${baseName} and ${headName}.`)
  const ahead = await revisions(directory, `${base}..${head}`)
  const behind = await revisions(directory, `${head}..${base}`)
  const files = await changedFiles(directory, mergeBase, head)
  const web = `${world.urls.server}/${repository.owner}/${repository.name}/compare/${encodeURI(call.values.basehead!)}`
  const commits = listedCommits(call, ahead)
  const body = {
    url: call.address.split('?')[0],
    html_url: web,
    permalink_url: `${world.urls.server}/${repository.owner}/${repository.name}/compare/${base}...${head}`,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    base_commit: await commitShape(repository, base, world.urls),
    merge_base_commit: await commitShape(repository, mergeBase, world.urls),
    status: comparisonStatus(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all(commits.shown.map((sha) => commitShape(repository, sha, world.urls))),
    // The files come with the first page only.
    ...(Number(call.query.page ?? 1) > 1
      ? {}
      : { files: files.slice(0, comparedFiles).map((file) => fileShape(repository, file, head, world.urls)) }),
  }
  return { ...commits.answer, body }
}

function listedCommits(call: Call, all: readonly string[]): { shown: readonly string[]; answer: Answer } {
  if (call.query.page === undefined && call.query.per_page === undefined) {
    return { shown: all.slice(-comparedCommits), answer: ok(null) }
  }
  let shown: readonly string[] = []
  const answer = page(call, all, (list) => {
    shown = list as readonly string[]
    return null
  })
  return { shown, answer }
}

/** A commit; its SHA alone where `Accept` asks for that. */
async function getCommit(call: Call): Promise<Answer> {
  const { repository, world } = call
  const sha = await resolveCommit(repository.directory, call.values.ref!)
  if (!sha) throw new Refusal(422, `No commit found for SHA: ${call.values.ref}`)
  if (call.accept.includes('application/vnd.github.sha'))
    return { status: 200, body: sha, type: 'application/vnd.github.sha' }
  const parent = (
    await tryGit({ directory: repository.directory }, 'rev-parse', '--verify', '--quiet', `${sha}^`)
  )?.trim()
  const files = (await changedFiles(repository.directory, parent ?? null, sha)).slice(0, commitFiles)
  return ok(await commitShape(repository, sha, world.urls, files.slice(0, comparedFiles)))
}

/** One side of a comparison: a branch, tag or SHA here, or `owner:branch` in a fork. */
async function commitOf(call: Call, text: string): Promise<string> {
  const parts = text.split(':')
  const from = parts.length === 1 ? call.repository : forkOf(call, parts)
  const sha = from ? await resolveCommit(from.directory, parts.at(-1)!) : null
  if (!from || !sha) throw new Refusal(404, 'Not Found')
  await takeCommit(call.repository.directory, from.directory, sha)
  return sha
}

function forkOf({ repository, world }: Call, parts: readonly string[]): ServedRepository | null {
  const [owner, name] = parts
  if (parts.length === 3) return world.find(`${owner}/${name}`)
  const found = world.repositories.find((served) => served.owner.toLowerCase() === owner!.toLowerCase())
  return world.find(`${owner}/${repository.name}`) ?? found ?? null
}

async function revisions(directory: string, range: string): Promise<string[]> {
  return (await git({ directory }, 'rev-list', '--reverse', '--topo-order', range)).split('\n').filter(Boolean)
}

function comparisonStatus(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? 'identical' : 'behind'
  return behind === 0 ? 'ahead' : 'diverged'
}
