import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { openStage, type Played, type Stage } from '../../sandbox/play/stage.ts'
import { run } from '../../sandbox/world/run.ts'
import { json, plainTags, writesOf } from './flow.ts'

// The reference stack of images/, with environments of a few dozen packages.
jest.setTimeout(20 * 60_000)

const images = ['base-image', 'base-notebook', 'ml-notebook', 'pangeo-notebook']

let stage: Stage
let first: Played
beforeAll(async () => {
  stage = await openStage({ repository: 'small' })
  first = await stage.push()
})
afterAll(async () => await stage?.[Symbol.asyncDispose]())

interface ReportedStep {
  readonly name: string
  readonly cached: boolean
}

/** The steps of an image that are the Dockerfile's own. */
async function stepsOf(played: Played, name: string): Promise<ReportedStep[]> {
  const report = json(await readFile(played.outputs.report!, 'utf8')) as {
    images: { name: string; steps: ReportedStep[] }[]
  }
  const { steps = [] } = report.images.find((image) => image.name === name) ?? {}
  return steps.filter((step) => /^(RUN|COPY|WORKDIR|USER)\b/.test(step.name))
}

async function edited(file: string): Promise<Record<string, string>> {
  return { [file]: `${await readFile(path.join(stage.dir, 'clone', file), 'utf8')}\n# changed\n` }
}

it('publishes the whole stack from its locks', async () => {
  expect(first.outcome).toBe('success')
  const tags = plainTags(await stage.tags())
  expect(Object.keys(tags).sort()).toEqual(images)
  for (const name of images) expect(Object.keys(tags[name]!).sort()).toEqual([first.sha7, 'main'].sort())
})

// Fails if `start` stands before the environment, or a parent that is taken by digest is another one for the cache.
it('a change of start does not install the environment again', async () => {
  const before = await stage.tags()
  let played: Played | undefined
  const writes = await writesOf(stage, async () => {
    played = await stage.push({ files: await edited('images/base-notebook/start') })
  })
  expect(played).toMatchObject({ outcome: 'success', outputs: { built: '["base-notebook"]' } })
  const steps = await stepsOf(played!, 'base-notebook')
  const environment = steps.filter((step) => step.name.includes('install-environment'))
  expect(environment.map(({ cached }) => cached)).toEqual([true])
  expect(steps.some((step) => step.name.includes('start') && !step.cached)).toBe(true)
  for (const name of images.filter((image) => image !== 'base-notebook')) {
    expect(writes.filter((write) => write.includes(` ${name}/`))).toEqual([`PUT ${name}/manifests/${played!.sha7}`])
    expect((await stage.tags())[name]![played!.sha7]).toBe(before[name]!.main)
  }
})

// Fails if a lock's sources do not count as what the image is made from.
it('an environment file changes every image whose lock is made from it', async () => {
  const files = await edited('images/base-notebook/environment.yml')
  const played = await stage.pullRequest({ files, branch: 'environment' }, { inputs: { command: 'plan' } })
  expect(json(played.outputs.changed)).toEqual(['base-notebook', 'ml-notebook', 'pangeo-notebook'])
})

it('a README changes nothing', async () => {
  const files = { 'images/README.md': 'words\n', 'images/base-image/README.md': 'words\n', 'docs/page.md': 'words\n' }
  const played = await stage.pullRequest({ files, branch: 'words' })
  expect(played).toMatchObject({ outcome: 'success', outputs: { changed: '[]', built: '[]', tags: '' } })
  expect(played.summary.split('\n')[0]).toMatch(/nothing to build, 4 images unchanged/)
})

describe('with images named', () => {
  it('builds those and their parents', async () => {
    const files = await edited('images/base-image/dask_config.yml')
    const inputs = { images: 'base-notebook' }
    const played = await stage.pullRequest({ files, branch: 'dask' }, { inputs })
    expect(played).toMatchObject({ outcome: 'success', outputs: { built: '["base-image","base-notebook"]' } })
  })
})

it('installs from the channel what the lock names', async () => {
  expect(stage.world.channelLog().some(({ path: asked }) => asked.includes('/xarray-'))).toBe(true)
  const image = (await stage.image('pangeo-notebook:main'))!
  expect(image.config.config.Env).toContain('CONDA_ENV=notebook')
  expect(image.config.config.Labels?.['org.opencontainers.image.title']).toBe('pangeo-notebook')
})

// Fails if users cannot install packages, or can change more than the conda directory and their home.
it('gives the conda directory to group 100, keeps the rest, and sets what depends on the user', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bxa-image-'))
  const dockerfile = `FROM ${stage.prefix}/pangeo-notebook:main AS look
RUN bash <<'EOF' > /tmp/facts
id -u; id -g
find "$CONDA_DIR" ! -type l \\( ! -group 100 -o ! -perm -g=w \\)
find "$CONDA_DIR" -type d ! -perm -g=s
find "$CONDA_DIR" -user "$NB_UID"
touch "$NB_PYTHON_PREFIX/bin/installed" && stat --format %g "$NB_PYTHON_PREFIX/bin/installed"
find / -xdev -writable ! -type l ! -path "$CONDA_DIR*" ! -path "$HOME*" ! -path '/tmp*' ! -path '/var/tmp*' ! -path '/dev*' ! -path '/proc*' ! -path '/sys*' ! -path '/run/lock*' 2> /dev/null
PANGEO_SCRATCH_PREFIX=s3://scratch/ JUPYTERHUB_USER=ann /srv/start bash -c 'echo $PANGEO_SCRATCH $PANGEO_ENV'
JUPYTERHUB_USER=ann /srv/start bash -c 'echo "none:$PANGEO_SCRATCH"'
cat "$DASK_ROOT_CONFIG/dask.yml" "$CONDA_DIR/.condarc" /etc/jupyter/jupyter_server_config.py | grep -cE 'dashboard:|channel_priority|track_cpu_percent'
EOF
FROM scratch
COPY --from=look /tmp/facts /
`
  await writeFile(path.join(folder, 'Dockerfile'), dockerfile)
  await run('buildx', ['build', '--output', `type=local,dest=${folder}`, folder], { env: stage.world.env })
  const facts = (await readFile(path.join(folder, 'facts'), 'utf8')).trim().split('\n')
  await rm(folder, { recursive: true })
  expect(facts).toEqual(['1000', '100', '100', 's3://scratch/ann/ notebook', 'none:', '3'])
})
