import { type Call, type Handler, ok, page, Refusal } from './call.ts'
import { git, resolveCommit } from './git.ts'
import { commitShape, nodeId, userShape } from './shapes.ts'

/** What happened to a repository's branches and comments: pushes, commits, reactions. */
export const activityHandlers: Readonly<Record<string, Handler>> = {
  'repos/list-activities': { handle: listActivities },
  'repos/list-commits': { handle: listCommits },
  'reactions/create-for-issue-comment': { needs: ['issues', 'pull-requests'], handle: react },
}

const activities = 30

/** The pushes to one branch, the newest first. When it was pushed the double is told, or takes the committer's word. */
async function listActivities(call: Call) {
  const { repository, world, query } = call
  const ref = query.ref ?? `refs/heads/${repository.defaultBranch}`
  const tip = await resolveCommit(repository.directory, ref.replace(/^refs\/heads\//, ''))
  if (!tip) return ok([])
  const format = '--format=%H%x00%P%x00%cI'
  const log = await git({ directory: repository.directory }, 'log', '--first-parent', `-${activities}`, format, tip)
  const items = log
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [after, parents, date] = line.split('\0') as [string, string, string]
      return {
        id: Number.parseInt(after.slice(0, 8), 16),
        node_id: nodeId('Push', after),
        before: parents.split(' ')[0] || '0'.repeat(40),
        after,
        ref,
        timestamp: world.pushTimes.get(after) ?? new Date(date).toISOString().replace('.000Z', 'Z'),
        activity_type: 'push',
        actor: userShape(repository.owner, world.urls),
      }
    })
  return ok(items)
}

async function listCommits(call: Call) {
  const { repository, world, query } = call
  const tip = await resolveCommit(repository.directory, query.sha ?? repository.defaultBranch)
  if (!tip) throw new Refusal(404, 'Not Found')
  const all = (await git({ directory: repository.directory }, 'rev-list', tip)).split('\n').filter(Boolean)
  let shown: readonly string[] = []
  const answer = page(call, all, (list) => {
    shown = list as readonly string[]
    return null
  })
  return { ...answer, body: await Promise.all(shown.map((sha) => commitShape(repository, sha, world.urls))) }
}

/** The same reaction of one person twice is one. */
function react({ world, values, body, login }: Call) {
  const comment = Number(values.comment_id)
  if (!world.comments.some(({ id }) => id === comment)) throw new Refusal(404, 'Not Found')
  const content = String(body.content)
  const known = world.reactions.find((one) => one.comment === comment && one.content === content && one.login === login)
  const reaction = known ?? { id: world.nextId(), comment, content, login }
  if (!known) world.reactions.push(reaction)
  return {
    status: known ? 200 : 201,
    body: {
      id: reaction.id,
      node_id: nodeId('Reaction', reaction.id),
      user: userShape(login, world.urls),
      content,
      created_at: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  }
}
