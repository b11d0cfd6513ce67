import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { pushEvent, scheduleEvent } from '../../sandbox/github/events.ts'
import { workflowDispatchEvent } from '../../sandbox/github/indirect-events.ts'
import type { Files, Stage } from '../../sandbox/play/stage.ts'
import { tool, type World } from '../../sandbox/world/index.ts'
import { tryRun } from '../../sandbox/world/run.ts'
import { openSmallStage, startTestWorld } from './small-stack.ts'

// The main workflow of each folder of docs/examples/, run by nektos/act on a stack of the structure that it is for. What act cannot
// reach from here is left out or replaced: logins, docker/setup-buildx-action, and the artifacts, which become a folder.
jest.setTimeout(20 * 60_000)

/** The world's BuildKit, which says of itself that it builds for both: nothing but COPY is run for the other one. */
const builder = 'two-platforms'
const platforms = 'linux/amd64,linux/arm64'

/** A base with ONBUILD, named by ARGs, folders in the root. */
const pangeo = {
  'base-image/Dockerfile': 'FROM busybox\nONBUILD COPY note* /notes/\n',
  'base-notebook/Dockerfile': 'FROM pangeo/base-image:master\nRUN echo notebook > /id\n',
  'base-notebook/note': 'one\n',
  'pangeo-notebook/Dockerfile': 'ARG T=master\nFROM pangeo/base-image:${T}\nRUN cat /notes/note > /id\n',
  'pangeo-notebook/note': 'two\n',
}
/** A spec.yml of its own keys, a prefix of the quarter. */
const datahub = {
  'images/spec.yml': [
    'tag: {prefix: "2026.3"}',
    'images:',
    '  datascience-notebook: {image_name: ucsd-ets/datascience-notebook}',
    '  scipy-ml-notebook: {image_name: ucsd-ets/scipy-ml-notebook, depend_on: datascience-notebook}\n',
  ].join('\n'),
  'images/datascience-notebook/Dockerfile': 'FROM busybox\nRUN echo data > /id\n',
  'images/scipy-ml-notebook/Dockerfile':
    'ARG BASE_TAG=latest\nFROM ghcr.io/ucsd-ets/datascience-notebook:${BASE_TAG}\nRUN echo ml >> /id\n',
}
const argumented = (last: string) =>
  `ARG REGISTRY=quay.io\nARG OWNER=jupyter\nARG BASE_IMAGE=$REGISTRY/$OWNER/${last}\nFROM $BASE_IMAGE\nCOPY word /${last}\n`
/** A tree, each parent named by three ARGs. */
const jupyter = {
  'images/docker-stacks-foundation/Dockerfile': 'FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /arch\n',
  'images/docker-stacks-foundation/amd64': 'amd64\n',
  'images/docker-stacks-foundation/arm64': 'arm64\n',
  'images/base-notebook/Dockerfile': argumented('docker-stacks-foundation'),
  'images/base-notebook/word': 'one\n',
  'images/minimal-notebook/Dockerfile': argumented('base-notebook'),
  'images/minimal-notebook/word': 'two\n',
}

let world: World
beforeAll(async () => {
  world = await startTestWorld()
  const create = ['create', '--name', builder, '--driver', 'remote', '--platform', platforms, world.buildkit]
  await promisify(execFile)('buildx', create, { env: world.env })
})
afterAll(() => world?.stop())

// Fails if a workflow that people copy names an input, output or step that does not work, or publishes other tags than its page says.
it.each([
  { example: 'pangeo', files: pangeo, tags: (sha: string) => [sha.slice(0, 7), 'main'], images: 3 },
  {
    example: 'datahub',
    files: datahub,
    tags: (sha: string) => [`2026.3-${sha.slice(0, 7)}`, '2026.3-main'],
    images: 2,
  },
  {
    example: 'jupyter',
    files: jupyter,
    tags: (sha: string) => [sha.slice(0, 7), sha.slice(0, 12), today(), 'latest'],
    images: 3,
  },
])('docs/examples/$example/images.yml publishes its stack on a push', async ({ example, files, tags, images }) => {
  await using stage = await openSmallStage(world, files)
  const { commit, code, log } = await act(stage, example, files)
  expect([code, log]).toEqual([0, expect.stringContaining('Job succeeded')])
  const found = await stage.tags()
  expect(Object.keys(found)).toHaveLength(images)
  for (const own of Object.values(found)) {
    const expected = tags(commit)
    // Fingerprints have the prefix of the quarter, too.
    const plain = Object.keys(own).filter((tag) => !/(^|-)fp-/.test(tag))
    expect(plain.sort()).toEqual(expected.sort())
    expect(new Set(Object.values(own)).size).toBe(1)
  }
})

// Fails if a weekly build finds the commit's tags there and rebuilds nothing, or its two jobs and their merge decide differently.
it('docs/examples/jupyter/images.yml builds the same commit anew on its schedule, for both platforms', async () => {
  await using stage = await openSmallStage(world, jupyter)
  const { commit, again } = await act(stage, 'jupyter', jupyter)
  const before = await stage.tags()
  const { code, log } = await again('schedule', scheduleEvent({ repository: stage.repository }))
  expect([code, log]).toEqual([0, expect.stringContaining('Job succeeded')])
  const dated = `${commit.slice(0, 7)}-${today().replaceAll('-', '')}`
  for (const [name, tags] of Object.entries(await stage.tags())) {
    expect(tags).toMatchObject({ [dated]: tags.latest, [commit.slice(0, 7)]: before[name]![commit.slice(0, 7)] })
  }
})

// Fails if the form of the button does not fit the inputs of the action, or a tag that is promoted lacks the stack's prefix.
it('docs/examples/datahub/tags.yml promotes a commit to stable', async () => {
  await using stage = await openSmallStage(world, datahub)
  const { commit, again } = await act(stage, 'datahub', datahub)
  const form = { command: 'promote', from: commit.slice(0, 7), to: 'stable', images: '', 'dry-run': 'false' }
  const event = { ...workflowDispatchEvent({ repository: stage.repository, ref: 'refs/heads/main' }), inputs: form }
  const { code, log } = await again('workflow_dispatch', event)
  expect([code, log]).toEqual([0, expect.stringContaining('Job succeeded')])
  for (const tags of Object.values(await stage.tags())) expect(tags['2026.3-stable']).toBe(tags['2026.3-main'])
})

const today = () => new Date().toISOString().slice(0, 10)

/** Commits an example's workflows with its stack, and runs the main one on the push; gives what runs them on another event. */
async function act(stage: Stage, example: string, files: Files) {
  const workflows: Record<string, string> = {}
  for (const name of ['images.yml', 'tags.yml']) {
    const text = await readFile(path.join(import.meta.dirname, '../../docs/examples', example, name), 'utf8')
    workflows[`.github/workflows/${name}`] = localWorkflow(text, stage.prefix)
  }
  const commit = await stage.commit({ files: { ...files, ...workflows } })
  const folder = await stage.checkout('refs/heads/main', commit, 0)
  await cp(stage.actionDir, folder, { recursive: true })
  const again = async (name: string, event: unknown) => await runAct(stage, { folder, name, event })
  const push = pushEvent({ repository: stage.repository, before: null, after: commit })
  return { commit, ...(await again('push', push)), again }
}

async function runAct(stage: Stage, { folder, name, event }: { folder: string; name: string; event: unknown }) {
  const own = await mkdtemp(path.join(stage.dir, 'act-'))
  const home = path.join(own, 'home')
  await mkdir(home)
  const file = path.join(own, 'event.json')
  await writeFile(file, JSON.stringify(event))
  const { PATH = '', DOCKER_CONFIG = '', BUILDX_CONFIG = '' } = world.env
  const given = Object.entries({ DOCKER_CONFIG, BUILDX_CONFIG, OUT: own })
  const variables = given.flatMap(([key, to]) => ['--env', `${key}=${to}`])
  const machines = ['ubuntu-24.04', 'ubuntu-24.04-arm'].flatMap((label) => ['-P', `${label}=-self-hosted`])
  const args = [name, ...machines, '--eventpath', file, '--container-daemon-socket', '-', ...variables]
  const ended = await tryRun(await tool('act'), args, {
    cwd: folder,
    env: { PATH, HOME: home, XDG_CACHE_HOME: path.join(home, 'cache'), GIT_CONFIG_NOSYSTEM: '1' },
    timeout: 5 * 60_000,
  })
  return { code: ended.code, log: ended.stdout + ended.stderr }
}

interface Step {
  uses?: string
  with?: Record<string, unknown>
}

/** The workflow with the action of this repository and the sandbox's registry. */
function localWorkflow(text: string, prefix: string): string {
  const workflow = parse(text) as { jobs: Record<string, { steps: Step[] }> }
  for (const job of Object.values(workflow.jobs)) job.steps = job.steps.flatMap((step) => localStep(step, prefix))
  return stringify(workflow)
}

function localStep(step: Step, prefix: string): object[] {
  const [name = ''] = (step.uses ?? '').split('@')
  if (['docker/login-action', 'docker/setup-buildx-action'].includes(name)) return []
  const shared = '"$OUT/artifacts/"'
  if (name === 'actions/upload-artifact') return [{ run: `mkdir -p ${shared} && cp -r '${step.with?.path}' ${shared}` }]
  if (name === 'actions/download-artifact')
    return [{ run: `mkdir -p '${step.with?.path}' && cp -r ${shared}. '${step.with?.path}'` }]
  if (name !== 'pangeo-data/buildx-action') return [step]
  return [{ ...step, uses: './', with: { ...step.with, registry: prefix, builder, 'github-token': '' } }]
}
