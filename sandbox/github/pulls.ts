import { type Answer, type Call, type Handler, ok, page, Refusal } from './call.ts'
import { type ChangedFile, changedFiles } from './diff.ts'
import { git } from './git.ts'
import { commentShape, pullShape } from './pull-shapes.ts'
import { fileShape } from './shapes.ts'
import type { PullSpec } from './types.ts'
import type { StoredComment } from './world.ts'

/** Pull requests and the comments on them. */
export const pullHandlers: Readonly<Record<string, Handler>> = {
  'pulls/get': { handle: getPull },
  'pulls/list-files': { handle: listFiles },
  'issues/list-comments': { handle: listComments },
  'issues/get-comment': { handle: (call) => ok(commentShape(call.world, findComment(call))) },
  'issues/create-comment': { needs: ['issues', 'pull-requests'], handle: createComment },
  'issues/update-comment': { needs: ['issues', 'pull-requests'], handle: updateComment },
  'issues/delete-comment': { needs: ['issues', 'pull-requests'], handle: deleteComment },
}

/** GitHub lists no more files of a pull request, and takes no longer comment (characters). */
const listedFiles = 3000
const commentLimit = 65536

async function getPull(call: Call): Promise<Answer> {
  const pull = findPull(call, 'pull_number')
  return ok(await pullShape(call.world, pull, (await pullFiles(call, pull)).files))
}

async function listFiles(call: Call): Promise<Answer> {
  const { files, headSha } = await pullFiles(call, findPull(call, 'pull_number'))
  return page(call, files.slice(0, listedFiles), (list) =>
    (list as readonly ChangedFile[]).map((file) => fileShape(call.repository, file, headSha, call.world.urls)),
  )
}

/** What the head has that its merge base with the base branch has not. */
async function pullFiles({ world }: Call, pull: PullSpec): Promise<{ files: ChangedFile[]; headSha: string }> {
  const { headSha, baseSha } = await world.pullCommits(pull)
  const { directory } = world.base
  const mergeBase = (await git({ directory }, 'merge-base', baseSha, headSha)).trim()
  return { files: await changedFiles(directory, mergeBase, headSha), headSha }
}

function listComments(call: Call): Answer {
  const { number } = findPull(call, 'issue_number')
  const since = call.query.since ? Date.parse(call.query.since) : 0
  const comments = call.world.comments.filter(
    ({ issue, updatedAt }) => issue === number && Date.parse(updatedAt) >= since,
  )
  return page(call, comments, (list) =>
    (list as readonly StoredComment[]).map((comment) => commentShape(call.world, comment)),
  )
}

function createComment(call: Call): Answer {
  const { number } = findPull(call, 'issue_number')
  const comment = call.world.addComment(number, call.login, commentBody(call))
  return { status: 201, body: commentShape(call.world, comment) }
}

function updateComment(call: Call): Answer {
  const comment = findComment(call)
  comment.body = commentBody(call)
  comment.updatedAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  return ok(commentShape(call.world, comment))
}

function deleteComment(call: Call): Answer {
  call.world.comments.splice(call.world.comments.indexOf(findComment(call)), 1)
  return { status: 204, body: null }
}

function commentBody({ body }: Call): string {
  const text = String(body.body)
  if (text.trim() === '') throw new Refusal(422, 'Validation Failed: Body cannot be blank')
  if ([...text].length > commentLimit)
    throw new Refusal(422, `Body is too long (maximum is ${commentLimit} characters)`)
  return text
}

function findPull({ world, values, repository }: Call, parameter: string): PullSpec {
  const pull = repository === world.base ? world.pulls.get(Number(values[parameter])) : undefined
  if (!pull) throw new Refusal(404, 'Not Found')
  return pull
}

function findComment({ world, values }: Call): StoredComment {
  const comment = world.comments.find(({ id }) => id === Number(values.comment_id))
  if (!comment) throw new Refusal(404, 'Not Found')
  return comment
}
