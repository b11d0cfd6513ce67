import { example } from './description.ts'
import type { ChangedFile } from './diff.ts'
import { git } from './git.ts'
import { named, nodeId, repositoryShape, type Shape, statistics, userShape } from './shapes.ts'
import type { PullSpec, RepositoryIdentity } from './types.ts'
import type { StoredComment, Urls, World } from './world.ts'

/** A pull request as `GET …/pulls/{n}` answers it. */
export async function pullShape(world: World, pull: PullSpec, files: readonly ChangedFile[]): Promise<Shape> {
  const { base, urls } = world
  const { headSha, baseSha, mergeSha } = await world.pullCommits(pull)
  const sample = JSON.stringify(example('pull-request')).replaceAll(
    /\/(pull|pulls|issues)\/1347/g,
    `/$1/${pull.number}`,
  )
  const from =
    pull.head.repository === undefined ? base : pull.head.repository === null ? null : world.find(pull.head.repository)
  const user = userShape(pull.user ?? base.owner, urls)
  const baseBranch = pull.base ?? base.defaultBranch
  const commits = await git({ directory: base.directory }, 'rev-list', '--count', `${baseSha}..${headSha}`)
  return {
    ...named(JSON.parse(sample), `${base.owner}/${base.name}`, urls),
    ...statistics(files),
    total: undefined,
    id: 1_000_000 + pull.number,
    number: pull.number,
    state: pull.state ?? 'open',
    title: pull.title ?? `Pull request ${pull.number}`,
    body: pull.body ?? null,
    user,
    draft: pull.draft ?? false,
    merged: false,
    merged_at: null,
    merged_by: null,
    closed_at: null,
    locked: false,
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: (pull.labels ?? []).map((name, index) => labelShape(name, index, world)),
    merge_commit_sha: mergeSha,
    mergeable: mergeSha !== null,
    mergeable_state: mergeSha === null ? 'dirty' : 'clean',
    maintainer_can_modify: pull.maintainerCanModify ?? false,
    author_association: from === base ? 'COLLABORATOR' : 'FIRST_TIME_CONTRIBUTOR',
    commits: Number(commits),
    changed_files: files.length,
    head: pullSide(from, pull.head.branch, headSha, urls),
    base: pullSide(base, baseBranch, baseSha, urls),
  }
}

/** A comment on an issue or a pull request. */
export function commentShape(world: World, comment: StoredComment): Shape {
  const { base, urls } = world
  const sample = JSON.stringify(example('issue-comment')).replaceAll('issues/1347', `issues/${comment.issue}`)
  const shape = named(JSON.parse(sample), `${base.owner}/${base.name}`, urls)
  return {
    ...shape,
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${urls.api}/repos/${base.owner}/${base.name}/issues/comments/${comment.id}`,
    html_url: `${urls.server}/${base.owner}/${base.name}/pull/${comment.issue}#issuecomment-${comment.id}`,
    body: comment.body,
    user: userShape(comment.login, urls),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
  }
}

function pullSide(repository: RepositoryIdentity | null, ref: string, sha: string, urls: Urls): Shape {
  const user = repository ? userShape(repository.owner, urls) : null
  const label = `${repository?.owner ?? 'unknown'}:${ref}`
  return { label, ref, sha, user, repo: repository ? repositoryShape(repository, urls) : null }
}

function labelShape(name: string, index: number, { base, urls }: World): Shape {
  const url = `${urls.api}/repos/${base.owner}/${base.name}/labels/${encodeURIComponent(name)}`
  return {
    id: 9000 + index,
    node_id: nodeId('Label', name),
    url,
    name,
    color: 'ededed',
    default: false,
    description: null,
  }
}
