import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { ActionError } from '../../src/errors.ts'
import { decide } from '../../src/steps/decide.ts'
import { detect, readEvent } from '../../src/steps/detect.ts'
import type { Trust } from '../../src/trigger/types.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createRepository, type Repository } from '../helpers/repository.ts'
import { createStore } from '../never-miss/fake-run.ts'

jest.setTimeout(120_000)

type Json = { readonly [key: string]: unknown }

let checkout: Repository
beforeAll(async () => {
  checkout = await createRepository()
  checkout.commit({ 'a/Dockerfile': 'FROM debian:12\n', 'b/Dockerfile': 'FROM registry.test/team/a:main\n' })
  checkout.run('branch', 'topic')
  checkout.commit({ 'a/x': '1' })
  checkout.run('checkout', '--quiet', 'topic')
  checkout.commit({ 'b/x': '1' })
  checkout.run('checkout', '--quiet', '--detach', 'main')
  checkout.run('merge', '--quiet', '--no-ff', '--message=x', 'topic')
  checkout.run('branch', 'merge')
})
afterAll(async () => await checkout[Symbol.asyncDispose]())

/** The run of an event as far as its plan, pushing asked for. No token: GitHub cannot be asked. */
async function replayed(event: string, payload: unknown, { ref = '', sha = '' } = {}) {
  const file = path.join(checkout.folder, '.git/event.json')
  writeFileSync(file, payload === null ? '{}' : JSON.stringify(payload))
  const host = createHost({
    cwd: checkout.folder,
    env: { PATH: process.env.PATH },
    event: { name: event, path: file, ref, sha, base: null, head: null },
  })
  const inputs = createInputs({ registry: ['registry.test/team'], push: true })
  const trigger = await readEvent({ inputs, host })
  const source = await detect({ trigger, inputs, host })
  return { trigger, decision: await decide({ source, inputs, host, registry: createStore() }) }
}

/** A plan that an untrusted run may have: tags are names there that nothing is pushed under. */
function expectHarmless({ trigger, decision }: Awaited<ReturnType<typeof replayed>>): void {
  if (trigger.trust === 'untrusted') expect(decision.push).toMatchObject({ push: false, publishes: false })
}

describe('GitHub’s own example payloads, as far as the plan', () => {
  const examples = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json') as {
    name: string
    examples: readonly Json[]
  }[]
  const handled = new Set([
    ...['push', 'pull_request', 'pull_request_review', 'pull_request_review_comment', 'merge_group', 'release'],
    ...['workflow_dispatch', 'repository_dispatch', 'issue_comment', 'workflow_run', 'delete'],
  ])
  const rows = examples.flatMap(({ name, examples: all }) => all.map((payload, at) => [name, at, payload] as const))

  it.each(rows.filter(([name]) => handled.has(name)))('%s %i gives a plan', async (name, _at, payload) => {
    const ended = await replayed(name, payload)
    expect(ended.trigger.trust).toBe(trustOf(name, payload))
    expect(ended.decision.plan.images.map((image) => image.name).sort()).toEqual(['a', 'b'])
    expectHarmless(ended)
  })

  it('every other one is refused before anything is read', async () => {
    const others = rows.filter(([name]) => !handled.has(name))
    expect(others.length).toBeGreaterThan(100)
    for (const [name, , payload] of others)
      await expect(replayed(name, payload)).rejects.toMatchObject({
        code: 'usage',
        message: `the event "${name}" is not one that this action handles`,
      })
  })

  /** docs/threat-model.md’s table, over again and by other means: numbers only, and a comment needs GitHub’s word. */
  function trustOf(name: string, payload: Json): Trust {
    const id = (...keys: string[]) => keys.reduce<unknown>((value, key) => (value as Json | null)?.[key], payload)
    const bots = [id('sender', 'id'), id('pull_request', 'user', 'id'), id('workflow_run', 'actor', 'id')]
    if (bots.includes(49699333)) return 'untrusted'
    if (name === 'issue_comment') return 'untrusted'
    if (name.startsWith('pull_request'))
      return id('pull_request', 'head', 'repo', 'id') === id('repository', 'id') ? 'trusted' : 'untrusted'
    if (name !== 'workflow_run') return 'trusted'
    const own = id('workflow_run', 'head_repository', 'id') === id('repository', 'id')
    return own && ['push', 'pull_request', 'schedule'].includes(String(id('workflow_run', 'event')))
      ? 'trusted'
      : 'untrusted'
  }
})

describe('the events of docker/metadata-action’s fixtures', () => {
  interface Row {
    readonly name: string
    readonly event: string
    readonly ref: string
    readonly sha: string
    readonly payload: Json | null
  }
  const file = path.join(import.meta.dirname, '../fixtures/events/metadata-action.json')
  const rows = JSON.parse(readFileSync(file, 'utf8')) as Row[]
  const refused = ['', 'create', 'discussion', 'issues']

  it.each(rows.map((row) => [row.name, row] as const))('%s: a plan or a clean refusal', async (_name, row) => {
    const ended = await replayed(row.event, row.payload, row).catch((error) => error)
    if (refused.includes(row.event)) {
      expect(ended).toBeInstanceOf(ActionError)
      expect(ended).toMatchObject({ code: 'usage' })
      return
    }
    expect(ended.trigger).toMatchObject({
      kind: row.ref.startsWith('refs/tags/') ? 'tag' : row.event.replace('_target', ''),
      // Both pull requests come from a fork.
      trust: row.event.startsWith('pull_request') ? 'untrusted' : 'trusted',
      branch: row.ref.startsWith('refs/heads/') ? row.ref.slice('refs/heads/'.length) : null,
    })
    const tags: string[] = ended.decision.plan.images.flatMap((image: { tags: string[] }) => image.tags)
    for (const tag of tags) expect(tag).toMatch(/^registry\.test\/team\/[ab]:[\w][\w.-]{0,127}$/)
  })
})

describe('the cases of actions/checkout’s guard: trust goes by the event, whatever is checked out', () => {
  const own = { id: 100, full_name: 'some-owner/some-repo', default_branch: 'main' }
  const fork = { id: 200, full_name: 'another-repo/fork' }
  const pull = (repo: Json) => ({
    repository: own,
    pull_request: {
      number: 42,
      head: { ref: 'topic', sha: checkout.run('rev-parse', 'topic'), repo },
      base: { ref: 'main', sha: checkout.run('rev-parse', 'main'), repo: own },
      merge_commit_sha: checkout.run('rev-parse', 'merge'),
    },
  })
  const workflowRun = (event: string, head_repository: Json) => ({
    repository: own,
    workflow_run: { event, head_repository, head_commit: { id: checkout.run('rev-parse', 'topic') } },
  })

  it.each<[string, string, () => unknown, Trust]>([
    ['a fork’s pull_request', 'pull_request', () => pull(fork), 'untrusted'],
    ['a fork’s pull_request_target', 'pull_request_target', () => pull(fork), 'untrusted'],
    ['one of the same repository', 'pull_request_target', () => pull(own), 'trusted'],
    [
      'a fork in capitals',
      'pull_request_target',
      () => pull({ ...fork, full_name: 'SOME-OWNER/SOME-REPO' }),
      'untrusted',
    ],
    ['workflow_run of a fork', 'workflow_run', () => workflowRun('pull_request', fork), 'untrusted'],
    ['workflow_run after a target', 'workflow_run', () => workflowRun('pull_request_target', fork), 'untrusted'],
    ['workflow_run after one’s own target', 'workflow_run', () => workflowRun('pull_request_target', own), 'untrusted'],
    ['workflow_run of one’s own', 'workflow_run', () => workflowRun('pull_request', own), 'trusted'],
  ])('%s, with the base, the head and the merge checked out', async (_title, event, payload, trust) => {
    for (const commit of ['main', 'topic', 'merge']) {
      checkout.run('checkout', '--quiet', '--detach', commit)
      const ended = await replayed(event, payload(), { ref: 'refs/heads/main', sha: checkout.run('rev-parse', 'HEAD') })
      expect([commit, ended.trigger.trust]).toEqual([commit, trust])
      expect(ended.decision.plan.images).toHaveLength(2)
      expectHarmless(ended)
    }
  })
})
