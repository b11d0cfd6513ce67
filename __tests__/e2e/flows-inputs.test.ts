import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { openStage, type Played, type Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json } from './flow.ts'
import { startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const files = {
  'app/Dockerfile': [
    'ARG WORD=default',
    'FROM busybox AS first',
    'ARG WORD',
    'ARG SECOND',
    'COPY --from=shared word /shared',
    'RUN echo "$WORD $SECOND" > /word',
    'FROM first AS last',
    'RUN --mount=type=secret,id=one --mount=type=secret,id=two --mount=type=secret,id=three \\',
    '    for id in one two three; do sha256sum < /run/secrets/$id; done > /hashes; cat /hashes /word',
    '',
  ].join('\n'),
  'shared/word': 'shared\n',
  'three.txt': 'C4nary-from-a-file\n',
}
const contexts = { 'build-contexts': 'shared=./shared' }
const secrets = { one: 'C4nary,"one"=1', two: 'C4nary-of-the-environment', three: 'C4nary-from-a-file\n' }

let world: World
let stage: Stage
beforeAll(async () => {
  world = await startTestWorld({ registries: 2 })
  stage = await openStage({ world, repository: files, name: 'team/inputs' })
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

let count = 0

/** A push that changes the image. */
async function play(inputs: Record<string, string | boolean | number>, env: Record<string, string> = {}) {
  count += 1
  const changed = { 'app/Dockerfile': `${files['app/Dockerfile']}# ${count}\n` }
  return await stage.push({ files: changed }, { inputs: { ...contexts, ...inputs }, env, debug: true })
}

/** Command lines of all processes while something happens, as any user of the machine could list them. */
async function watchingCommands(happening: () => Promise<void>): Promise<string> {
  const seen = new Set<string>()
  const look = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
      } catch {
        // It has ended meanwhile.
      }
    }
  }
  const timer = setInterval(look, 50)
  await happening().finally(() => clearInterval(timer))
  return [...seen].join('\n')
}

describe('a build with all that can be given', () => {
  let played: Played
  let commands: string
  beforeAll(async () => {
    const inputs = {
      'build-args': 'WORD=hello there\nSECOND=a=b',
      labels: 'org.opencontainers.image.licenses=BSD-3-Clause\norg.opencontainers.image.title=Mine',
      annotations: 'index:org.example.place=index\nmanifest:org.example.place=manifest',
      secrets: `"one=${secrets.one.replaceAll('"', '""')}"`,
      'secret-envs': 'two=SECRET_TWO',
      'secret-files': 'three=./three.txt',
      registry: `${stage.prefix}\n${world.registries[1]}/other`,
    }
    commands = await watchingCommands(async () => {
      played = await play(inputs, { SECRET_TWO: secrets.two })
    })
  })

  it('hands arguments, contexts and secrets to the build', async () => {
    expect(played).toMatchObject({ outcome: 'success', stderr: '' })
    const text = played.groups.flatMap(({ lines }) => lines).join('\n')
    expect(text).toContain('hello there a=b')
    for (const value of Object.values(secrets)) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value))
      expect(text).toContain(Buffer.from(digest).toString('hex'))
    }
  })

  // Fails if a secret's value stands anywhere that anybody but the step can read.
  it('shows no secret anywhere', async () => {
    const image = await stage.image('app:main')
    const { log, stdout, stderr, summary, outputs, state, env, debug, annotations } = played
    const places = { log, stderr, summary, outputs, state, env, debug, annotations, image, commands }
    const values = Object.values(secrets).map((value) => value.trim())
    const forms = values.flatMap((value) => [
      value,
      Buffer.from(value).toString('base64').replace(/=+$/, ''),
      Buffer.from(value).toString('hex'),
      encodeURIComponent(value),
    ])
    expect(commands).toContain('bake')
    for (const [place, content] of Object.entries(places)) {
      const text = JSON.stringify(content)
      for (const form of forms)
        expect([place, text.includes(JSON.stringify(form).slice(1, -1))]).toEqual([place, false])
    }
    // A mask is said to the runner, which takes the line out of the log.
    const said = stdout.split('\n').filter((line) => values.some((value) => line.includes(value)))
    expect(said.filter((line) => !line.startsWith('::add-mask::'))).toEqual([])
    expect(played.masks).toEqual(expect.arrayContaining([secrets.one, secrets.two]))
  })

  it('sets the user’s labels and annotations over its own', async () => {
    const { config, annotations, manifest } = (await stage.image('app:main'))!
    expect(config.config.Labels).toMatchObject({
      'org.opencontainers.image.licenses': 'BSD-3-Clause',
      'org.opencontainers.image.title': 'Mine',
      'org.opencontainers.image.revision': played.commit,
    })
    expect(annotations['org.example.place']).toBe('index')
    expect(manifest.annotations?.['org.example.place']).toBe('manifest')
  })

  // Fails if one of two registries gets another digest, or lacks a tag.
  it('pushes to both registries', async () => {
    const digest = json(played.outputs.digests).app
    const tags = { app: { [played.sha7]: digest, main: digest } }
    expect(await stage.tags()).toEqual(tags)
    expect(await stage.tags(`${world.registries[1]}/other`)).toEqual(tags)
    expect(played.outputs.tags?.split('\n')).toHaveLength(4)
  })
})

it('builds the stage that target names', async () => {
  const played = await play({ target: 'first', push: false })
  expect(played.outcome).toBe('success')
  const text = played.groups.flatMap(({ lines }) => lines).join('\n')
  expect(text).toContain('RUN echo')
  expect(text).not.toContain('sha256sum')
})

it('a missing secret variable is an error that names it', async () => {
  const played = await play({ 'secret-envs': 'one=NOT_SET' })
  expect(played.outcome).toBe('failure')
  expect(played.annotations[0]?.message).toMatch(/secret-envs.*NOT_SET.*not set/)
})

// Each fails if the message lacks the input's name, the value or the remedy, or if something is pushed all the same.
it.each([
  [
    'platforms the builder does not have',
    { platforms: 'linux/s390x', target: 'first' },
    /cannot build for linux\/s390x/,
  ],
  ['a builder that is not there', { builder: 'nobody' }, /input builder: "nobody" is not a builder here/],
  ['load without an engine', { load: true, target: 'first' }, /engine|docker/i],
  ['a registry that is an address', { registry: 'https://example.org/me' }, /registry.*https:/],
  ['push without a registry', { push: true, registry: '' }, /push: true, but registry is empty/],
  ['a target that no Dockerfile has', { target: 'nowhere' }, /nowhere/],
  ['a path that is not there', { path: 'nothing' }, /nothing/],
  ['no number of jobs', { jobs: 'many' }, /jobs.*"many"/],
])('%s: one clear line, red, nothing pushed', async (_, inputs, message) => {
  const before = await stage.tags()
  const played = await play(inputs)
  expect(played.outcome).toBe('failure')
  const errors = played.annotations.filter(({ level }) => level === 'error').map((annotation) => annotation.message)
  expect(errors.join('\n')).toMatch(message)
  expect(errors[0]!.split('\n')[0]!.length).toBeLessThan(400)
  expect(await stage.tags()).toEqual(before)
})

describe('jobs', () => {
  // Fails if two images are built at once with jobs: 1, or one after the other with jobs: 2.
  it.each([1, 2])('%i at once', async (jobs) => {
    const image = `FROM busybox\nRUN sleep 1.${jobs}\n`
    const independent = { 'a/Dockerfile': image, 'b/Dockerfile': image }
    const pair = await openStage({ world, repository: independent, name: `team/jobs-${jobs}` })
    try {
      const played = await pair.push({}, { inputs: { jobs } })
      expect(played.outcome).toBe('success')
      const report = json(await readFile(played.outputs.report!, 'utf8'))
      const [a, b] = report.images as { started: number; completed: number }[]
      const overlap = Math.min(a!.completed, b!.completed) - Math.max(a!.started, b!.started)
      expect(overlap > 0).toBe(jobs === 2)
    } finally {
      await pair[Symbol.asyncDispose]()
    }
  })
})
