import type { TagFacts } from '../../../src/stack/tag-rules/index.ts'
import { localTrigger, readTrigger } from '../../../src/trigger/read-trigger.ts'

/** Half past midnight: Tokyo and New York have other days. */
export const now = Date.parse('2020-01-10T00:30:00Z')

const newest = '266574110acf203503badf966df2ea24b5d732d7'
const older = '860c1904a1ce19322e91ac35af1ab07466440c37'
const odd = '983315b5e8d46e46fc4c49869e85e7ee5fb289ba'
const merge = 'a9c8c5828b91be19d9728548b24759e352367ef1'
const head = '3370e228f2209994d57af4427fe64e71bb79ac96'
const repository = { id: 1, full_name: 'octocat/hello-world', default_branch: 'master' }

/** Facts of a run by its name in the rows: `push dev`, `tag v1.1.1`, `pull_request 15 by its head`. */
export function runOf(name: string): TagFacts {
  if (name === 'nothing') return facts(localTrigger({ base: null, head: null, branch: null }), null)
  const [event = '', what = ''] = name.split(' ')
  if (event === 'push') return ofRef('push', `refs/heads/${what}`, commitOf(what))
  if (event === 'tag')
    return ofRef('push', `refs/tags/${what}`, older, {
      ref: `refs/tags/${what}`,
      base_ref: what === 'v1.1.1' ? 'refs/heads/master' : null,
      repository,
    })
  // The fixtures of these two name no repository.
  if (event === 'release') return ofRef('release', `refs/tags/${what}`, older, {})
  if (event === 'schedule') return ofRef('schedule', 'refs/heads/master', older, {})
  if (event.startsWith('pull_request')) return ofPull(event, name.endsWith('by its head'))
  return ofRef(event, `refs/heads/${what || 'master'}`, older)
}

function commitOf(branch: string): string {
  if (branch === 'master') return newest
  return branch === 'dev' ? older : odd
}

function ofRef(name: string, ref: string, sha: string, payload: object = { ref, repository }): TagFacts {
  return facts(readTrigger({ name, ref, sha }, payload), sha)
}

function ofPull(name: string, byHead: boolean): TagFacts {
  const target = name === 'pull_request_target'
  const pull = {
    number: 15,
    base: { ref: 'master', sha: newest },
    head: { ref: 'test-pr', sha: head, repo: { id: 1 } },
  }
  const ref = target ? 'refs/heads/master' : 'refs/pull/15/merge'
  const sha = target ? newest : merge
  return facts(readTrigger({ name, ref, sha }, { number: 15, repository, pull_request: pull }), byHead ? head : sha)
}

function facts(trigger: TagFacts['trigger'], commit: string | null): TagFacts {
  return { trigger, commit, commitTime: now, now }
}
