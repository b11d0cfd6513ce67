import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import { pushEvent } from '../../sandbox/github/events.ts'
import type { Stage } from '../../sandbox/play/stage.ts'
import { tool, type World } from '../../sandbox/world/index.ts'
import { run, tryRun } from '../../sandbox/world/run.ts'
import { plainTags } from './flow.ts'
import { openSmallStage, smallImages, startTestWorld } from './small-stack.ts'

// A second reading of action.yml, by somebody else's runner: nektos/act runs a workflow with `uses: ./` on this machine.
// It skips actions/checkout where the repository is the one that it stands in, and copies the work tree.
jest.setTimeout(20 * 60_000)

const workflow = (registry: string) => `
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - id: stack
        uses: ./
        with:
          path: images
          registry: ${registry}
          build-args: |
            ONE=1
            TWO=2
          github-token: ''
      - run: echo '\${{ steps.stack.outputs.digests }}' > "$OUT/digests"
      - run: echo '\${{ steps.stack.outputs.built }}' > "$OUT/built"
      - run: cp '\${{ steps.stack.outputs.report }}' "$OUT/report.json"
`

let world: World
let stage: Stage
let folder: string
let log: string
let code: number

beforeAll(async () => {
  world = await startTestWorld()
  stage = await openSmallStage(world)
  const commit = await stage.commit({ files: { '.github/workflows/build.yml': workflow(stage.prefix) } })
  folder = await stage.checkout('refs/heads/main', commit, 0)
  // `uses: ./`: the action lies in the repository that it builds, as in this one.
  await cp(stage.actionDir, folder, { recursive: true })
  const out = path.join(stage.dir, 'out')
  const home = path.join(stage.dir, 'home')
  for (const made of [out, home]) await mkdir(made)
  const event = path.join(stage.dir, 'event.json')
  await writeFile(event, JSON.stringify(pushEvent({ repository: stage.repository, before: null, after: commit })))
  const { PATH = '', DOCKER_CONFIG = '', BUILDX_CONFIG = '' } = world.env
  const variables = Object.entries({ DOCKER_CONFIG, BUILDX_CONFIG, OUT: out })
  const args = ['push', '-P', 'ubuntu-latest=-self-hosted', '--eventpath', event, '--container-daemon-socket', '-']
  const given = variables.flatMap(([name, value]) => ['--env', `${name}=${value}`])
  const ended = await tryRun(await tool('act'), [...args, ...given], {
    cwd: folder,
    env: { PATH, HOME: home, XDG_CACHE_HOME: path.join(home, 'cache'), GIT_CONFIG_NOSYSTEM: '1' },
    timeout: 5 * 60_000,
  })
  log = ended.stdout + ended.stderr
  code = ended.code
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

// Fails if action.yml, the bundle or the way outputs are written works in our own harness only.
it('runs under act: the stack is pushed, and later steps read the outputs', async () => {
  expect([code, log]).toEqual([0, expect.stringContaining('Job succeeded')])
  const read = async (name: string) => JSON.parse(await readFile(path.join(stage.dir, 'out', name), 'utf8'))
  expect(await read('built')).toEqual([...smallImages])
  const tags = plainTags(await stage.tags())
  const head = (await run('git', ['-C', folder, 'rev-parse', 'HEAD'])).trim().slice(0, 7)
  const digests = await read('digests')
  for (const name of smallImages) expect(tags[name]).toEqual({ [head]: digests[name], main: digests[name] })
  expect(await read('report.json')).toMatchObject({ pushed: true, error: null })
})

it('runs the post step', () => {
  expect(log).toMatch(/Success - Post \.\//)
})
