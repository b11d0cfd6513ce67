import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import { type FaultProxy, startFaultProxy, type World } from '../../sandbox/world/index.ts'
import { actions, json } from './flow.ts'
import { openSmallStage, smallStack, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const login = { username: 'bot', password: 'C4nary-of-the-registry' }
const dockerfile = [
  'FROM base',
  'RUN --mount=type=secret,id=token --mount=type=ssh \\',
  '    test ! -e /run/secrets/token && test ! -S "${SSH_AUTH_SOCK:-/none}" && echo "nothing to steal"',
  '',
].join('\n')

let world: World
let proxy: FaultProxy
let stage: Stage
let folder: string
let env: Record<string, string>
let published: Played

beforeAll(async () => {
  world = await startTestWorld()
  proxy = await startFaultProxy({ target: world.registry, auth: login })
  // As docker/login-action leaves it: every later step can read it.
  folder = await mkdtemp(path.join(tmpdir(), 'login-'))
  await cp(world.env.DOCKER_CONFIG!, folder, { recursive: true, verbatimSymlinks: true })
  const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64')
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ auths: { [proxy.address]: { auth } } }))
  env = { DOCKER_CONFIG: folder }
  stage = await openSmallStage(world)
  published = await stage.push({}, { env, inputs: { registry: `${proxy.address}/private` } })
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await proxy?.stop()
  await world?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('a trusted run logs in with those credentials: the test can see them', () => {
  expect(published.outcome).toBe('success')
  expect(proxy.requests.filter(({ headers }) => headers.authorization)).not.toEqual([])
})

describe('a pull request of a fork, with credentials, secrets and push: true in its workflow', () => {
  let played: Played
  let requests: FaultProxy['requests']
  let before: Awaited<ReturnType<Stage['tags']>>
  beforeAll(async () => {
    before = await stage.tags(`${world.registry}/private`)
    const seen = proxy.requests.length
    played = await stage.pullRequest(
      { fork: true, files: { 'images/child/Dockerfile': dockerfile }, title: 'Trust me' },
      {
        env: { ...env, SSH_AUTH_SOCK: '/nowhere' },
        inputs: {
          registry: `${proxy.address}/private`,
          push: true,
          secrets: 'token=C4nary-of-the-workflow',
          ssh: 'default',
        },
      },
    )
    requests = proxy.requests.slice(seen)
  })

  // Fails if any request, also one of BuildKit's or buildx's own, carries the login.
  it('never logs in', () => {
    expect(requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
    expect(requests.filter(({ status }) => status < 400)).toEqual([])
  })

  it('pushes nothing', async () => {
    expect(requests.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([])
    expect(await stage.tags(`${world.registry}/private`)).toEqual(before)
    expect(played.outputs.tags).toBe('')
  })

  // Fails if the secret or the agent is mounted: the step tests for them.
  it('builds without secrets, and what it cannot read, too', () => {
    expect(played.outcome).toBe('success')
    expect(actions(played.outputs.plan)).toMatchObject({ base: 'build', child: 'build', grandchild: 'build' })
    expect(json(played.outputs.built)).toEqual(['base', 'child', 'grandchild'])
    expect(played.groups.flatMap(({ lines }) => lines).join('\n')).toContain('nothing to steal')
    expect(played.stdout).not.toContain('C4nary-of-the-registry')
  })

  it('says first what it may not do', () => {
    const [first, , why] = played.summary.split('\n')
    expect(first).toMatch(/^## ✅ .*untrusted.*(push|login|secret)/i)
    expect(why).toMatch(/pull request 1 comes from a fork/)
    expect(played.log.split('\n')[0]).toMatch(/untrusted, pull request 1 comes from a fork/)
  })
})

// Fails if BuildKit is lent the login of an earlier step: a fork could read what is private by a FROM.
it('a fork’s Dockerfile cannot read a private image', async () => {
  await world.pushImage('hidden/thing:1', path.join(stage.dir, 'clone/images/base'))
  const seen = proxy.requests.length
  const files = { 'images/thief/Dockerfile': `FROM ${proxy.address}/hidden/thing:1\nRUN cat /base\n` }
  const inputs = { registry: `${proxy.address}/private` }
  const played = await stage.pullRequest({ fork: true, branch: 'thief', files }, { env, inputs })
  expect(played.outcome).toBe('failure')
  const requests = proxy.requests.slice(seen)
  expect(requests.filter(({ path: asked }) => asked.includes('/hidden/thing/'))).not.toEqual([])
  expect(requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
})

describe('a pull request of a fork, from a public registry', () => {
  it('takes unchanged parents anonymously', async () => {
    await stage.push({ files: { 'images/base/word': 'public\n' } })
    const files = { 'images/child/Dockerfile': smallStack['images/child/Dockerfile'], 'images/child/word': 'fork\n' }
    const played = await stage.pullRequest({ fork: true, branch: 'public', files })
    expect(played).toMatchObject({ outcome: 'success', outputs: { built: '["child","grandchild"]' } })
    expect(actions(played.outputs.plan).base).toBe('reuse')
  })
})

describe('who is trusted', () => {
  // Fails if a name decides: the fork's repository has the base's name, and its id is another.
  it.each(['dependabot[bot]', 'ann'])('the same repository, opened by %s', async (sender) => {
    const files = { 'images/child/word': `${sender}\n` }
    const first = await stage.pullRequest({ branch: `by-${sender.length}`, files })
    const { event } = first.occasion as { event: { sender: object; pull_request: { user: object } } }
    const id = sender.startsWith('dependabot') ? 49699333 : 5
    const user = { ...event.pull_request.user, login: sender, id }
    const occasion = {
      ...first.occasion,
      event: { ...event, sender: user, pull_request: { ...event.pull_request, user } },
    }
    const played = await stage.again(occasion, { inputs: { push: true } })
    const { child } = await stage.tags()
    const number = `pr-${first.number}`
    expect([played.outcome, number in child!]).toEqual(['success', sender === 'ann'])
  })
})
