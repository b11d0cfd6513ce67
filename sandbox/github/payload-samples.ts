import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Json } from './description.ts'
import { type Addresses, nodeId, userShape } from './shapes.ts'
import type { RepositoryIdentity } from './types.ts'

/** What every event is made from. */
export interface EventOptions {
  readonly repository: RepositoryIdentity
  /** The login of whoever caused it; default: the repository's owner. */
  readonly sender?: string
  /** Addresses in the payload; default github.com's. */
  readonly urls?: Addresses
}

/** A payload, or a part of one. */
export type Payload = Record<string, unknown>

interface Sample {
  readonly name: string
  readonly examples: readonly Payload[]
}

export const nullSha = '0'.repeat(40)

const gitHubAddresses: Addresses = { api: 'https://api.github.com', server: 'https://github.com' }
let samples: readonly Sample[] | undefined

/**
 * A real payload of @octokit/webhooks-examples with this repository's name and addresses in it, its own repository,
 * sender and (where the owner is one) organization. A run's event file has no `installation`.
 */
export function samplePayload(name: string, options: EventOptions, action?: string): Payload {
  const { installation: _, organization: __, ...found } = findSample(name, action)
  const payload = rename(found, options)
  const { repository } = options
  return {
    ...payload,
    repository: eventRepository(repository, options.urls),
    ...(repository.organization ? { organization: organizationShape(options) } : {}),
    sender: userShape(options.sender ?? repository.owner, addresses(options)),
  }
}

/** A repository as events hold it. */
export function eventRepository(repository: RepositoryIdentity, urls?: Addresses): Payload {
  const options = { repository, ...(urls ? { urls } : {}) }
  const fullName = `${repository.owner}/${repository.name}`
  const sample = rename(findSample('workflow_dispatch').repository as Payload, options)
  return {
    ...sample,
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName,
    owner: userShape(repository.owner, addresses(options), repository.organization ? 'Organization' : 'User'),
    private: repository.private ?? false,
    visibility: repository.private ? 'private' : 'public',
    fork: repository.fork ?? false,
    default_branch: repository.defaultBranch,
    clone_url: `${addresses(options).server}/${fullName}.git`,
    web_commit_signoff_required: false,
    has_discussions: false,
    custom_properties: {},
  }
}

/** The addresses of an event's payload. */
export function addresses(options: Pick<EventOptions, 'urls'>): Addresses {
  return options.urls ?? gitHubAddresses
}

/** A date as payloads have it; the same in every run, so that reports can be compared. */
export const sampleTime = '2026-03-04T05:06:07Z'

function findSample(name: string, action?: string): Payload {
  if (!samples) {
    const file = createRequire(import.meta.url).resolve('@octokit/webhooks-examples')
    samples = JSON.parse(readFileSync(file, 'utf8')) as readonly Sample[]
  }
  const examples = samples.find((sample) => sample.name === name)?.examples ?? []
  const found = examples.find((payload) => action === undefined || payload.action === action)
  if (!found) throw new Error(`there is no sample of the event ${name} ${action ?? ''}`)
  return found
}

/** The sample with the names and addresses of its own repository replaced. */
function rename(sample: Json, options: Pick<EventOptions, 'repository' | 'urls'>): Payload {
  const { owner, name } = options.repository
  const { api, server } = addresses(options)
  const text = JSON.stringify(sample)
    .replaceAll(/(Codertocat\/Hello-World|octo-org\/octo-repo)/g, () => `${owner}/${name}`)
    .replaceAll('https://api.github.com', () => api)
    .replaceAll('https://github.com', () => server)
  return JSON.parse(text) as Payload
}

function organizationShape(options: EventOptions): Payload {
  const { owner } = options.repository
  const url = `${addresses(options).api}/orgs/${owner}`
  const { login, id, avatar_url, node_id } = userShape(owner, addresses(options), 'Organization')
  return {
    login,
    id,
    node_id,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url,
    description: null,
  }
}
