import { setTimeout as sleep } from 'node:timers/promises'
import { ActionError, messageOf } from '../errors.ts'
import { holderMilliseconds, mayLive } from '../publish/holder.ts'
import { type Asker, githubClient, isRefusal, type Octokit, patiently, statusOf } from './github-client.ts'
import type { RepositoryName } from './github-tree.ts'

/** A lock that is held until it is released. */
export interface Lock {
  release(): Promise<void>
}

/** What a lock is for. */
export interface LockQuestion extends Asker {
  readonly repository: RepositoryName
  /** `publish/images`: a ref `refs/buildx-action/<name>` stands for it while it is held. */
  readonly name: string
  readonly holder: string
  /** Any commit that GitHub has. */
  readonly commit: string
}

interface Holder {
  readonly holder: string
  readonly started: string
}

/** Between two looks whether a lock is free, milliseconds. */
const pause = 2000

/**
 * Mutual exclusion by GitHub: a ref is made, which fails where it is there. Waits for whoever holds it; one that died with it is
 * taken over after minutes. Null where the token may not make refs (`contents: write`) or GitHub cannot be asked.
 */
export async function takeLock(question: LockQuestion): Promise<Lock | null> {
  const { host, repository, name, holder, commit } = question
  const octokit = await githubClient(question)
  if (!octokit) return null
  const place = { owner: repository.owner, repo: repository.name }
  const started = new Date().toISOString()
  try {
    const message = JSON.stringify({ holder, started })
    const made = await patiently(host, () =>
      octokit.rest.git.createTag({ ...place, tag: `buildx-action/${name}`, message, object: commit, type: 'commit' }),
    )
    const { sha } = made.data
    const deadline = Date.now() + holderMilliseconds + 60_000
    while (!(await makeRef(octokit, { ...place, name, sha }))) {
      const other = await currentHolder(octokit, { ...place, name })
      const age = Date.now() - Date.parse(other?.started ?? started)
      if (other && !mayLive(other.holder, { holder, locked: false, age, runs: () => false }))
        await dropRef(octokit, { ...place, name, sha: other.sha })
      else if (Date.now() > deadline) throw held(other, name)
      else await sleep(pause, undefined, { signal: host.signal })
    }
    return { release: async () => await dropRef(octokit, { ...place, name, sha }) }
  } catch (error) {
    if (error instanceof ActionError) throw error
    if (host.signal.aborted) throw new ActionError('cancelled', 'the run was cancelled while it waited for another one')
    host.out.debug(`no lock by GitHub${isRefusal(error) ? ' (it needs contents: write)' : ''}: ${messageOf(error)}`)
    return null
  }
}

type Ref = { readonly owner: string; readonly repo: string; readonly name: string; readonly sha: string }

async function makeRef(octokit: Octokit, { owner, repo, name, sha }: Ref): Promise<boolean> {
  try {
    await octokit.rest.git.createRef({ owner, repo, ref: `refs/buildx-action/${name}`, sha })
    return true
  } catch (error) {
    if (statusOf(error) === 422 && /already exists/i.test(messageOf(error))) return false
    throw error
  }
}

/** Removes the ref if it still is the one that is meant. */
async function dropRef(octokit: Octokit, { owner, repo, name, sha }: Ref): Promise<void> {
  const ref = `buildx-action/${name}`
  try {
    const { data } = await octokit.rest.git.getRef({ owner, repo, ref })
    if (data.object.sha === sha) await octokit.rest.git.deleteRef({ owner, repo, ref })
  } catch (error) {
    // Whoever else removed it has done what was to be done.
    if (![404, 422].includes(statusOf(error) ?? 0)) throw error
  }
}

async function currentHolder(
  octokit: Octokit,
  { owner, repo, name }: Omit<Ref, 'sha'>,
): Promise<(Holder & { readonly sha: string }) | null> {
  try {
    const { data } = await octokit.rest.git.getRef({ owner, repo, ref: `buildx-action/${name}` })
    const { sha } = data.object
    const tag = await octokit.rest.git.getTag({ owner, repo, tag_sha: sha })
    const { holder, started } = JSON.parse(tag.data.message) as Partial<Holder>
    return { sha, holder: String(holder), started: String(started) }
  } catch (error) {
    if (statusOf(error) === 404) return null
    throw error
  }
}

function held(other: Holder | null, name: string): ActionError {
  return new ActionError('github', `another run moves tags: ${other?.holder ?? 'its name is not known'}`, [
    'run again when it is done',
    `where no such run is left: git push --delete origin refs/buildx-action/${name}`,
  ])
}
