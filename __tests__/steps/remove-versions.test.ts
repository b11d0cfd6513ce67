import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { findOperation } from '../../sandbox/github/description.ts'
import { answerProblems, requestProblems } from '../../sandbox/github/validation.ts'
import { decideCleanup } from '../../src/cleanup/decide.ts'
import type { CleanupRules } from '../../src/cleanup/types.ts'
import { removeVersions } from '../../src/steps/remove-versions.ts'
import { openRepository } from '../../src/tools/registry-content.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { type Answer, type Asked, startServer } from '../helpers/scripted-server.ts'

const fp = (letter: string) => `fp-${letter.repeat(32)}`
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
const old = (name: string) =>
  JSON.stringify({ layers: [], annotations: { name, 'org.opencontainers.image.created': '2020-01-01T00:00:00Z' } })
const rules: CleanupRules = { prefixes: [''], olderThan: 1000, keep: 0, exclude: [], branch: null, now: Date.now() }

interface Version {
  readonly id: number
  readonly document: string
  readonly tags: readonly string[] | null
}

const a: Version = { id: 1, document: old('a'), tags: [fp('a')] }
const b: Version = { id: 2, document: old('b'), tags: [fp('b'), fp('c')] }
const index = JSON.stringify({ manifests: [{ digest: digestOf(a.document), size: 1 }] })

/**
 * ghcr.io and GitHub's API in one: what the registry lists by `tags`, what the API lists by `versions`. Both of the package
 * `pangeo/images/base`, of an organisation or a person. Requests and answers of the API are held against GitHub's description.
 */
async function clean({
  registry,
  versions,
  person = false,
  deletion = 204,
}: {
  registry: readonly Version[]
  versions: readonly Version[]
  person?: boolean
  deletion?: number
}) {
  const problems: string[] = []
  const manifests = new Map(
    registry.flatMap(({ document, tags }) => [digestOf(document), ...(tags ?? [])].map((what) => [what, document])),
  )
  const answer = ({ method, url }: Asked): Answer => {
    const at = new URL(url, 'http://x')
    if (at.pathname.endsWith('/tags/list')) return json(200, { tags: registry.flatMap(({ tags }) => tags ?? []) })
    if (at.pathname.startsWith('/v2/')) {
      const body = manifests.get(at.pathname.split('/').at(-1) ?? '')
      return body === undefined ? json(404, {}) : { status: 200, body }
    }
    const found = findOperation(method, at.pathname)
    if (!found) throw new Error(`GitHub has no ${method} ${at.pathname}`)
    const query = Object.fromEntries(at.searchParams)
    problems.push(...requestProblems(found.operation, { values: found.values, query, body: null }))
    const { status, body } = github(method, at)
    problems.push(...answerProblems(found.operation, status, body))
    return json(status, body)
  }
  const github = (method: string, at: URL) => {
    if (at.pathname.startsWith('/orgs/') && person) return { status: 404, body: { message: 'Package not found.' } }
    if (method === 'DELETE') return { status: deletion, body: deletion === 204 ? null : { message: 'No' } }
    const page = Number(at.searchParams.get('page') ?? 1)
    return { status: 200, body: versions.slice((page - 1) * 100, page * 100).map(shown) }
  }
  await using server = await startServer(answer)
  const host = createHost({ env: { GITHUB_API_URL: `http://${server.address}` } })
  const options = { env: {}, login: false, firstWait: 1 }
  const repository = `${server.address}/pangeo/images/base`
  const client = openRepository(options, repository)
  const content = await client.content(() => true)
  const verdicts = decideCleanup(content, rules)
  const inputs = createInputs({ githubToken: 'token' })
  const tags = await removeVersions({ repository, rules, inputs, host, options, client, content, verdicts })
  const calls = server.asked.filter(({ url }) => !url.startsWith('/v2/')).map(({ method, url }) => `${method} ${url}`)
  return {
    outcomes: Object.fromEntries(tags.map(({ tag, outcome, reason }) => [tag, [outcome, reason]])),
    calls,
    problems,
  }
}

const json = (status: number, body: unknown): Answer => ({
  ...{ status, headers: { 'content-type': 'application/json' } },
  body: body === null ? '' : JSON.stringify(body),
})

function shown({ id, document, tags }: Version) {
  const url = `https://api.github.com/orgs/pangeo/packages/container/images%2Fbase/versions/${id}`
  const times = { created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' }
  const metadata = { package_type: 'container', ...(tags ? { container: { tags } } : {}) }
  return { id, name: digestOf(document), url, package_html_url: url, ...times, metadata }
}

const removed = ['removed', expect.stringMatching(/^older than/)]
const deletes = (calls: readonly string[]) => calls.filter((call) => call.startsWith('DELETE'))

describe('ghcr.io', () => {
  it('removes versions by id, one for all its tags, of an organisation', async () => {
    const { outcomes, calls, problems } = await clean({ registry: [a, b], versions: [a, b] })
    expect(outcomes).toEqual({ [fp('a')]: removed, [fp('b')]: removed, [fp('c')]: removed })
    const base = '/orgs/pangeo/packages/container/images%2Fbase/versions'
    expect(deletes(calls)).toEqual([`DELETE ${base}/1`, `DELETE ${base}/2`])
    expect(problems).toEqual([])
  })

  it('and of a person', async () => {
    const { outcomes, calls, problems } = await clean({ registry: [a], versions: [a], person: true })
    expect(outcomes).toEqual({ [fp('a')]: removed })
    expect(deletes(calls)).toEqual(['DELETE /users/pangeo/packages/container/images%2Fbase/versions/1'])
    // The description of a person's packages lacks the pages that GitHub gives all the same.
    expect(problems).toEqual(['unknown query parameter page', 'unknown query parameter per_page'])
  })

  it('reads all pages', async () => {
    const many = Array.from({ length: 150 }, (_, at): Version => ({ id: 10 + at, document: old(`m${at}`), tags: [] }))
    const { calls } = await clean({ registry: [a], versions: [...many, a] })
    expect(deletes(calls).length).toBe(1)
  })

  // Broken by: a version that is removed with a tag that stays, or one that is only a part of what a tag needs.
  it.each<[string, readonly Version[], readonly Version[], string]>([
    ['a tag that came meanwhile', [a], [{ ...a, tags: [fp('a'), 'v1'] }], 'v1 is the same version'],
    ['tags that GitHub does not tell', [a], [{ ...a, tags: null }], 'its tags are not known'],
    ['a tag that was moved', [a], [{ ...a, tags: [] }], 'it was moved meanwhile'],
    ['a version that is gone', [a], [b], 'it is gone already'],
    ['the part of an index', [a, { id: 3, document: index, tags: ['v1'] }], [a], 'v1 needs it'],
  ])('keeps %s', async (_, registry, versions, reason) => {
    const { outcomes, calls } = await clean({ registry, versions })
    expect([outcomes[fp('a')], deletes(calls)]).toEqual([['kept', reason], []])
  })

  it('a token that may not: said, and what else there is was tried', async () => {
    const { outcomes } = await clean({ registry: [a, b], versions: [a, b], deletion: 403 })
    const refused = ['failed', 'GitHub refuses to list or remove versions of the package pangeo/images/base: 403']
    expect(outcomes).toEqual({ [fp('a')]: refused, [fp('b')]: refused, [fp('c')]: refused })
  })
})
