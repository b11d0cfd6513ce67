import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import type { CacheService } from '../../sandbox/cache/types.ts'
import type { World } from '../../sandbox/world/index.ts'
import { run as execute } from '../../sandbox/world/run.ts'
import { createTar } from '../helpers/tar.ts'
import {
  freshBuilder,
  main,
  mountStep,
  outcomes,
  printed,
  pull,
  pushed,
  warningsOf,
  withService,
} from './mounts-scene.ts'
import { openSmallStage, startTestWorld } from './small-stack.ts'

let world: World
beforeAll(async () => {
  world = await startTestWorld()
}, 600_000)
afterAll(async () => {
  await world.stop()
})

const word = 'images/app/word'

/** One image with one mount of the id `shared`. */
function app(commands: string, more = ''): Record<string, string> {
  const text = `FROM busybox\nCOPY word /word\n${mountStep('id=shared,target=/mount', '/mount', 'mount', commands)}${more}`
  return { 'images/app/Dockerfile': text, [word]: '1\n' }
}

function names(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/ [0-9a-f]{4} \d+ \d+ \d+ \d+$/, ''))
}

describe('C18: hostile contents of a cache mount', () => {
  // Broken by: links that are followed when a mount is read or filled, or a name that is read as two.
  it('neither leave it nor break the run', async () => {
    await using service = await startCacheService()
    const odd = [
      'ln -sfn /etc abs && ln -sfn ../../.. up && ln -sfn loop loop && ln -sfn /proc/self/mem mem',
      'mkdir -p -- "-rf" "a  b" "$(printf \'c\\nd\')" && echo x > "$(printf \'e\\nf\')" && echo x > "$(printf \'c\\nd\')/g"',
      'echo x > "-n" && echo x > "a  b/$(printf \'\\\\t\\\\055;*\')" && echo x > " lead" && echo x > ünï',
      '{ [ -e fifo ] || mkfifo fifo; } && { [ -e device ] || mknod device c 1 3; }',
      'truncate -s 900G huge && truncate -s 5G large',
      'echo keep > keep && chmod 000 keep && ln -f keep hard',
      'i=0 && while [ $i -lt 300 ]; do i=$((i+1)); echo > many-$i; done',
    ].join(' && ')
    await using stage = await openSmallStage(world, app(odd))
    const first = await pushed(stage, service, { [word]: '2\n' })
    expect([outcomes(first), warningsOf(first)]).toEqual([['success', 'success'], []])
    const second = await pushed(stage, service, { [word]: '3\n' })
    expect([outcomes(second), warningsOf(second)]).toEqual([['success', 'success'], []])
    const found = names(printed(second, 'mount')).filter((name) => !name.startsWith('./many-'))
    expect(found.toSorted()).toEqual(
      [
        '.',
        './ lead',
        './-n',
        './-rf',
        './a  b',
        './a  b/\\t\\055;*',
        './abs',
        './hard',
        './keep',
        './loop',
        './mem',
        './up',
        './ünï',
      ].toSorted(),
    )
    expect(printed(second, 'mount-link').toSorted()).toEqual(['../../..', '/etc', '/proc/self/mem', 'loop'])
    expect(names(printed(second, 'mount'))).toContain('./many-300')
  }, 240_000)

  it.each([
    ['is cut', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['is no archive', () => zstdCompressSync(Buffer.from('nothing'))],
    [
      'holds text for an archive',
      () =>
        createTar([
          { name: 'mount/', type: '5' },
          { name: 'mount/files.cpio', body: 'x'.repeat(2000) },
        ]),
    ],
    [
      'holds another file',
      () =>
        createTar([
          { name: 'mount/', type: '5' },
          { name: 'mount/other', body: 'x' },
        ]),
    ],
    [
      'holds files that lead out of it',
      () =>
        createTar([
          { name: 'mount/', type: '5' },
          { name: 'mount/files.cpio', body: leadingOut },
        ]),
    ],
    ['leads out of its own folder', () => createTar([{ name: '../out', body: 'x' }])],
  ])(
    'an entry that %s: one warning, an empty mount, green; what is right is kept anew',
    async (_, content) => {
      let spoiled = false
      await using service = await startCacheService({
        fault: ({ method }) => (spoiled && method === 'download' ? { content } : undefined),
      })
      await using stage = await openSmallStage(world, app('echo new > new'))
      await pushed(stage, service, { [word]: '2\n' })
      spoiled = true
      const run = await pushed(stage, service, { [word]: '3\n' })
      expect(outcomes(run)).toEqual(['success', 'success'])
      expect(warningsOf(run)).toEqual([expect.stringMatching(/^cache mount/)])
      expect(names(printed(run, 'mount'))).toEqual(['.'])
      spoiled = false
      const last = await pushed(stage, service, { [word]: '4\n' })
      expect([warningsOf(last), names(printed(last, 'mount'))]).toEqual([[], ['.', './new']])
    },
    240_000,
  )
})

describe('C18: a fork’s run', () => {
  // Broken by: a namespace that is asked for too late, or that a build argument of the fork's own takes the place of.
  it('takes what main kept and leaves nothing: not in the service, not in a builder that lives on', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(world, app('{ [ -e main ] || echo main > main; }'))
    await pushed(stage, service, { [word]: '2\n' })
    const kept = service.entries()
    await freshBuilder(world)
    const spec = 'images:\n  app:\n    args: { BUILDKIT_CACHE_MOUNT_NS: "" }\n'
    const evil = { ...app('echo evil > main && echo evil > evil'), 'images/spec.yml': spec }
    const fork = await stage.pullRequest({ fork: true, files: evil }, withService(service, pull))
    expect([outcomes(fork), warningsOf(fork)]).toEqual([['success', 'success'], []])
    expect(fork.log).toContain('untrusted')
    expect(names(printed(fork, 'mount'))).toEqual(['.', './main'])
    expect(service.entries()).toEqual(kept)
    expect(service.requests().filter(({ method }) => method === 'CreateCacheEntry')).toHaveLength(1)
    // The same builder, a trusted run, with nothing brought back: only what is in the builder could be met.
    const trusted = await stage.push(
      { files: { [word]: '5\n' } },
      withService(service, [main], { inputs: { 'cache-mounts': 'false' } }),
    )
    expect(outcomes(trusted)).toEqual(['success', 'success'])
    expect(names(printed(trusted, 'mount'))).toEqual(['.'])
  }, 240_000)
})

describe('C18: what goes wrong beside the builds', () => {
  it('two runs at once on one builder are both green, and what they keep is whole', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(
      world,
      app('i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo $i > f-$i; done'),
    )
    await freshBuilder(world)
    const occasion = await stage.prepare({ files: { [word]: '2\n' } })
    const runs = await Promise.all([1, 2].map(() => stage.again(occasion, withService(service))))
    expect(runs.map(outcomes)).toEqual([
      ['success', 'success'],
      ['success', 'success'],
    ])
    expect(runs.flatMap(warningsOf)).toEqual([])
    const last = await pushed(stage, service, { [word]: '3\n' })
    expect(names(printed(last, 'mount')).filter((name) => name.startsWith('./f-'))).toHaveLength(200)
  }, 240_000)

  it.each([
    ['cannot be had', '127.0.0.1:1/none:1'],
    ['has no shell', 'EMPTY'],
  ])(
    'a utility image that %s: one warning, built all the same',
    async (_, image) => {
      await using service = await startCacheService()
      await using stage = await openSmallStage(world, app('{ [ -e x ] || echo x > x; }'))
      const reference = image === 'EMPTY' ? await emptyImage() : image
      const inputs = { 'utility-image': reference }
      const cold = await pushed(stage, service, { [word]: '2\n' }, { inputs })
      expect(outcomes(cold)).toEqual(['success', 'success'])
      expect(warningsOf(cold)).toEqual([expect.stringMatching(/^cache mounts: not kept for later runs: /)])
      await pushed(stage, service, { [word]: '3\n' })
      const warm = await pushed(stage, service, { [word]: '4\n' }, { inputs })
      expect(warningsOf(warm)).toEqual([expect.stringMatching(/^cache mounts: not restored: /)])
      expect([outcomes(warm), names(printed(warm, 'mount'))]).toEqual([['success', 'success'], ['.']])
    },
    240_000,
  )

  it.each([
    ['answers 500', { status: 500 }],
    ['is cut off', { cutAfter: 20 }],
  ])(
    'a cache service that %s: one warning at most a step, a cold mount',
    async (_, fault) => {
      let spoiled = false
      await using service: CacheService = await startCacheService({
        fault: ({ method }) => (spoiled && method === 'download' ? fault : undefined),
      })
      await using stage = await openSmallStage(world, app('echo x > x'))
      await pushed(stage, service, { [word]: '2\n' })
      spoiled = true
      const run = await pushed(stage, service, { [word]: '3\n' })
      expect(outcomes(run)).toEqual(['success', 'success'])
      expect(run.annotations.filter(({ level }) => level === 'warning')).toHaveLength(1)
      expect(names(printed(run, 'mount'))).toEqual(['.'])
    },
    240_000,
  )

  it('a token that may only read, and a state that somebody forged: green, nothing kept', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(world, app('echo x > x'))
    await freshBuilder(world)
    const reading = withService(service, [{ ...main, write: false }])
    const run = await stage.push({ files: { [word]: '2\n' } }, reading)
    expect([outcomes(run), warningsOf(run), service.entries()]).toEqual([['success', 'success'], [], []])
    const forged = JSON.stringify({ folder: '../../../etc', mounts: [{ key: '../../x', digest: 'x', bytes: 1 }] })
    const post = await stage.push(
      { files: { [word]: '3\n' } },
      withService(service, [main], { inputs: { 'cache-mounts': 'false' }, env: { STATE_mounts: forged } }),
    )
    expect([outcomes(post), warningsOf(post), service.entries()]).toEqual([['success', 'success'], [], []])
  }, 240_000)
})

/** An image with no shell, in the world's registry. */
async function emptyImage(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'empty-'))
  await writeFile(path.join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /only\n')
  const reference = `${world.registry}/empty/image:1`
  await execute('buildx', ['build', '--push', '-t', reference, folder], { env: world.env })
  expect(await readdir(folder)).toEqual(['Dockerfile'])
  await rm(folder, { recursive: true })
  return reference
}

/** A cpio archive of files, a link and a device, each of which would be somewhere else. */
const leadingOut = [
  cpio('/work/evil', 0o100644, 'x'),
  cpio('../../../../m/evil', 0o100644, 'x'),
  cpio('link', 0o120777, '/etc'),
  cpio('link/evil', 0o100644, 'x'),
  cpio('null', 0o020666, ''),
  cpio('TRAILER!!!', 0, ''),
].join('')

/** A member of the `newc` form: https://man.freebsd.org/cgi/man.cgi?query=cpio&sektion=5 */
function cpio(name: string, mode: number, body: string): string {
  const fields = [1, mode, 0, 0, 1, 0, body.length, 0, 0, 1, 3, name.length + 1, 0]
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`
  return pad(header) + pad(body)
}

function pad(text: string): string {
  return text + '\0'.repeat((4 - (text.length % 4)) % 4)
}
