import { type Answer, type Call, type Handler, ok, page, Refusal } from './call.ts'
import { example } from './description.ts'
import { resolveCommit, tryGit } from './git.ts'
import { pullShape } from './pull-shapes.ts'
import type { Shape } from './shapes.ts'
import type { PullSpec } from './types.ts'

/** Pull requests as a list, and their making. */
export const pullListHandlers: Readonly<Record<string, Handler>> = {
  'pulls/list': { handle: listPulls },
  'pulls/create': { needs: ['pull-requests'], handle: createPull },
  'pulls/update': { needs: ['pull-requests'], handle: updatePull },
}

async function listPulls(call: Call): Promise<Answer> {
  const { world, query } = call
  const state = query.state ?? 'open'
  const found = [...world.pulls.values()].filter((pull) => {
    if (state !== 'all' && (pull.state ?? 'open') !== state) return false
    if (query.base !== undefined && (pull.base ?? world.base.defaultBranch) !== query.base) return false
    return query.head === undefined || query.head === headLabel(call, pull)
  })
  const shapes = await Promise.all(found.toReversed().map((pull) => pullShape(world, pull, [])))
  const fields = Object.keys(example('pull-request-simple'))
  return page(call, shapes, (list) => (list as readonly Shape[]).map((shape) => only(shape, fields)))
}

async function createPull(call: Call): Promise<Answer> {
  const { world, body, repository } = call
  const [head, base] = [String(body.head), String(body.base)]
  const [from, to] = [await resolveCommit(repository.directory, head), await resolveCommit(repository.directory, base)]
  if (!from || !to) throw new Refusal(422, `Validation Failed: ${from ? 'base' : 'head'} is invalid`)
  const ahead = await tryGit({ directory: repository.directory }, 'rev-list', '--count', `${to}..${from}`)
  if (ahead?.trim() === '0') throw new Refusal(422, `Validation Failed: No commits between ${base} and ${head}`)
  const open = [...world.pulls.values()].some(
    (pull) => (pull.state ?? 'open') === 'open' && headLabel(call, pull) === `${repository.owner}:${head}`,
  )
  if (open) throw new Refusal(422, `Validation Failed: A pull request already exists for ${repository.owner}:${head}.`)
  const number = Math.max(0, ...world.pulls.keys()) + 1
  const pull: PullSpec = {
    number,
    head: { branch: head },
    base,
    title: String(body.title),
    body: String(body.body ?? ''),
    user: call.login,
  }
  world.pulls.set(number, pull)
  return { status: 201, body: await pullShape(world, pull, []) }
}

async function updatePull(call: Call): Promise<Answer> {
  const { world, body } = call
  const pull = world.pulls.get(Number(call.values.pull_number))
  if (!pull) throw new Refusal(404, 'Not Found')
  const text = (name: 'title' | 'body') => (body[name] === undefined ? {} : { [name]: String(body[name]) })
  const state = body.state === undefined ? {} : { state: body.state as 'open' | 'closed' }
  const changed = { ...pull, ...text('title'), ...text('body'), ...state }
  world.pulls.set(pull.number, changed)
  return ok(await pullShape(world, changed, []))
}

/** `owner:branch`, as the filter names it. */
function headLabel({ world }: Call, { head }: PullSpec): string {
  const owner = head.repository === undefined ? world.base.owner : (head.repository?.split('/')[0] ?? 'unknown')
  return `${owner}:${head.branch}`
}

function only(shape: Shape, fields: readonly string[]): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => fields.includes(name)))
}
