import { type Answer, type Call, type Handler, ok, Refusal } from './call.ts'
import { git, resolveCommit, tryGit } from './git.ts'
import { refShape, repositoryShape, statusShape, userShape } from './shapes.ts'
import type { Permission } from './types.ts'

/** The repository itself, its refs, the permissions on it and the statuses of its commits. */
export const repositoryHandlers: Readonly<Record<string, Handler>> = {
  'repos/get': { handle: getRepository },
  'repos/get-collaborator-permission-level': { handle: permissionLevel },
  'repos/create-commit-status': { needs: ['statuses'], handle: createStatus },
  'git/get-ref': { handle: getRef },
  'git/create-ref': { needs: ['contents'], handle: createRef },
  'git/delete-ref': { needs: ['contents'], handle: deleteRef },
}

/** The older names of the permissions, which know no triage and no maintain. */
const legacy: Readonly<Record<Permission, string>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
}

/** An installation's token (a bot's) gets `push: false` whatever it may; a person's tells what that person may. */
function getRepository({ repository, world, login }: Call): Answer {
  const role = login === '' || login.endsWith('[bot]') ? 'none' : world.permission(login)
  const permissions = permissionsOf(repository === world.base || repository.owner === login ? role : 'read')
  return ok({ ...repositoryShape(repository, world.urls), ...(login === '' ? {} : { permissions }) })
}

function permissionLevel({ world, values }: Call): Answer {
  const role = world.permission(values.username!)
  const shape = userShape(values.username!, world.urls)
  const user = { ...shape, role_name: role, permissions: permissionsOf(role) }
  return ok({ permission: legacy[role], role_name: role, user })
}

function permissionsOf(role: Permission) {
  return {
    admin: role === 'admin',
    maintain: ['admin', 'maintain'].includes(role),
    push: ['admin', 'maintain', 'write'].includes(role),
    triage: ['admin', 'maintain', 'write', 'triage'].includes(role),
    pull: role !== 'none',
  }
}

async function createStatus(call: Call): Promise<Answer> {
  const { world, repository, body, login } = call
  const sha = await resolveCommit(repository.directory, call.values.sha!)
  if (!sha) throw new Refusal(422, `No commit found for SHA: ${call.values.sha}`)
  const status = {
    id: world.nextId(),
    sha,
    state: String(body.state),
    context: String(body.context ?? 'default'),
    description: (body.description as string | undefined) ?? null,
    targetUrl: (body.target_url as string | undefined) ?? null,
    login,
  }
  world.statuses.push(status)
  return { status: 201, body: statusShape(world, status) }
}

async function getRef({ repository, world, values }: Call): Promise<Answer> {
  const object = await objectOf(repository.directory, `refs/${values.ref}`)
  if (!object) throw new Refusal(404, 'Not Found')
  return ok(refShape(repository, `refs/${values.ref}`, object, world.urls))
}

async function createRef({ repository, world, body }: Call): Promise<Answer> {
  const { directory } = repository
  const ref = String(body.ref)
  const sha = String(body.sha)
  if ((await tryGit({ directory }, 'check-ref-format', ref)) === null || ref.split('/').length < 3) {
    throw new Refusal(422, `${ref} is not a valid ref name.`)
  }
  if ((await tryGit({ directory }, 'cat-file', '-e', sha)) === null) throw new Refusal(422, 'Object does not exist')
  // An old value of zeros makes it fail where the ref is there: two at once cannot both win.
  const made = await tryGit({ directory }, 'update-ref', ref, sha, '0'.repeat(40))
  if (made === null) throw new Refusal(422, 'Reference already exists')
  return { status: 201, body: refShape(repository, ref, (await objectOf(directory, ref))!, world.urls) }
}

async function deleteRef({ repository, values }: Call): Promise<Answer> {
  const ref = `refs/${values.ref}`
  if (!(await objectOf(repository.directory, ref))) throw new Refusal(422, 'Reference does not exist')
  await git({ directory: repository.directory }, 'update-ref', '-d', ref)
  return { status: 204, body: null }
}

async function objectOf(directory: string, ref: string): Promise<{ sha: string; type: string } | null> {
  const sha = (await tryGit({ directory }, 'show-ref', '--verify', '--hash', ref))?.trim()
  return sha ? { sha, type: (await git({ directory }, 'cat-file', '-t', sha)).trim() } : null
}
