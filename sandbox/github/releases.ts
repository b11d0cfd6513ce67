import { type Answer, type Call, type Handler, ok, Refusal } from './call.ts'
import { example } from './description.ts'
import { tryGit } from './git.ts'

/** Releases: `POST …/releases`, `PATCH …/releases/{id}`, `GET …/releases/tags/{tag}`. */
export const releaseHandlers: Readonly<Record<string, Handler>> = {
  'repos/create-release': { needs: ['contents'], handle: createRelease },
  'repos/update-release': { needs: ['contents'], handle: updateRelease },
  'repos/get-release-by-tag': { handle: getByTag },
}

/** A release as it was written. */
export interface StoredRelease {
  readonly id: number
  readonly tag: string
  readonly name: string
  readonly body: string
  readonly prerelease: boolean
  readonly draft: boolean
  /** As it was asked for: `true`, `false` or `legacy`. */
  readonly makeLatest: string
}

async function createRelease(call: Call): Promise<Answer> {
  const { world, body, repository } = call
  const tag = String(body.tag_name)
  if (world.releases.some((release) => release.tag === tag)) throw new Refusal(422, 'Validation Failed: already_exists')
  if ((await tryGit({ directory: repository.directory }, 'rev-parse', '--verify', `refs/tags/${tag}`)) === null)
    throw new Refusal(422, 'Validation Failed: the tag is not there')
  const release = written(call, {
    id: world.nextId(),
    tag,
    name: tag,
    body: '',
    prerelease: false,
    draft: false,
    makeLatest: 'true',
  })
  world.releases.push(release)
  return { status: 201, body: shape(call, release) }
}

function updateRelease(call: Call): Answer {
  const { world, values } = call
  const at = world.releases.findIndex(({ id }) => id === Number(values.release_id))
  if (at < 0) throw new Refusal(404, 'Not Found')
  world.releases[at] = written(call, world.releases[at]!)
  return ok(shape(call, world.releases[at]!))
}

function getByTag(call: Call): Answer {
  const found = call.world.releases.find(({ tag, draft }) => tag === call.values.tag && !draft)
  if (!found) throw new Refusal(404, 'Not Found')
  return ok(shape(call, found))
}

function written({ body }: Call, before: StoredRelease): StoredRelease {
  return {
    ...before,
    name: String(body.name ?? before.name),
    body: String(body.body ?? before.body),
    prerelease: Boolean(body.prerelease ?? before.prerelease),
    draft: Boolean(body.draft ?? before.draft),
    makeLatest: String(body.make_latest ?? before.makeLatest),
  }
}

/** GitHub's own example with what differs. */
function shape({ world, repository }: Call, release: StoredRelease): object {
  const { id, tag, name, body, prerelease, draft } = release
  const page = `${world.urls.server}/${repository.owner}/${repository.name}/releases/tag/${tag}`
  return { ...example<object>('release'), id, tag_name: tag, name, body, prerelease, draft, html_url: page, assets: [] }
}
