import { describe, expect, it } from '@jest/globals'
import { extraction, injection } from '../../src/cache/mount-builds.ts'
import { isPersistent, keepsMounts, mountPolicy, untrustedNamespace } from '../../src/cache/mount-policy.ts'
import { type MountDirectory, mountDirectories, usedDirectories } from '../../src/cache/mounts.ts'
import { mountSentence } from '../../src/report/mounts.ts'
import type { ImageResult, Step } from '../../src/report/types.ts'
import type { BuilderFacts } from '../../src/stack/builder.ts'
import type { CacheMount } from '../../src/stack/types.ts'
import { createImage } from '../helpers/stack.ts'
import { createTrigger } from '../helpers/trigger.ts'
import { imageOf, stackOf } from '../stack/stacks.ts'

const plain: CacheMount = { id: '/a', target: '/a', from: null, source: null, owner: null, line: 2 }
const builder: BuilderFacts = {
  name: 'b',
  driver: 'docker-container',
  current: true,
  running: true,
  nodes: 1,
  platforms: [],
  containerdStore: false,
  error: null,
}

function directories(...mounts: Partial<CacheMount>[]): MountDirectory[] {
  return mountDirectories(
    [createImage('i', [], { cacheMounts: mounts.map((mount) => ({ ...plain, ...mount })) })],
    () => ({}),
  )
}

describe('how a cache mount is read', () => {
  it.each<[string, string, Partial<CacheMount> | string]>([
    ['a target alone', 'target=/a/b/', { id: '/a/b', target: '/a/b' }],
    ['a relative target', 'target=b', { id: 'b', target: '/w/b' }],
    ['a variable', 'id=$V-x,target=/$V', { id: 'v-x', target: '/v' }],
    ['an owner', 'target=/a,uid=7', { owner: { uid: 7, gid: 0, mode: 0o755 } }],
    ['a mode', 'target=/a,mode=700', { owner: { uid: 0, gid: 0, mode: 0o700 } }],
    ['an owner that a source takes the effect of', 'target=/a,uid=7,from=x/y,source=/s', { owner: null, source: '/s' }],
    ['scratch', 'target=/a,from=scratch', { from: null }],
    ['a variable of the base image', 'target=$HOME/.cache', "depends on the base image's variables in its target"],
    ['the same in another option', 'target=/a,uid=$NB_UID', "depends on the base image's variables in its uid"],
    ['a stage', 'target=/a,from=s', 'begins with s, which is made here'],
  ])('%s', async (_, options, expected) => {
    const text = `FROM x/y AS s\nFROM u/v\nENV V=v\nWORKDIR /w\nRUN --mount=type=cache,${options} true\n`
    const stack = await stackOf({ 'i/Dockerfile': text })
    const { cacheMounts } = imageOf(stack, 'i')
    if (typeof expected !== 'string') return expect(cacheMounts).toEqual([expect.objectContaining(expected)])
    expect(cacheMounts).toEqual([])
    expect(stack.notes.map((note) => note.text).join('\n')).toContain(`${expected}: it is not brought back`)
  })

  it('says where it is only what the base image tells', async () => {
    const text = 'FROM u/v\nRUN --mount=type=cache,target=a true\n'
    expect(imageOf(await stackOf({ 'i/Dockerfile': text }), 'i').cacheMounts[0]).toMatchObject({ id: 'a', target: 'a' })
  })
})

describe('the directories of a stack', () => {
  it('are one for all images that have it, and another for each other option', () => {
    const other = createImage('j', [], { cacheMounts: [{ ...plain, target: '/elsewhere' }] })
    const mounts = [plain, { ...plain, id: 'b' }, { ...plain, owner: { uid: 0, gid: 0, mode: 0o755 } }]
    const found = mountDirectories([createImage('i', [], { cacheMounts: mounts }), other], () => ({}))
    expect(found.map(({ images }) => images)).toEqual([['i', 'j'], ['i'], ['i']])
    expect(new Set(found.map(({ key }) => key)).size).toBe(3)
  })

  it('leave out what begins with an image of the stack', () => {
    const mounts = [
      { ...plain, from: 'debian:12' },
      { ...plain, from: 'parent' },
    ]
    const found = mountDirectories([createImage('i', [], { cacheMounts: mounts })], () => ({}))
    expect(found.map(({ mount }) => mount.from)).toEqual(['debian:12'])
  })

  it('have the namespace of a build argument in their names; that of an untrusted run only in its builds', () => {
    const image = createImage('i', [], { cacheMounts: [plain] })
    const args = { BUILDKIT_CACHE_MOUNT_NS: 'team' }
    const [own] = mountDirectories([image], () => args)
    const [forced] = mountDirectories([image], () => args, { BUILDKIT_CACHE_MOUNT_NS: 'untrusted' })
    expect(own?.key).not.toBe(directories({})[0]?.key)
    expect([own?.namespace, forced?.namespace, forced?.key]).toEqual(['team', 'untrusted', own?.key])
  })
})

describe('the directories that a run wrote to', () => {
  const ran: Step = {
    name: 'RUN --mount=type=cache,target=/a x',
    number: 1,
    total: 1,
    started: 1,
    completed: 9,
    cached: false,
    error: null,
  }
  const result = (steps: Partial<Step>[], outcome: ImageResult['outcome'] = 'built') =>
    ({ name: 'i', outcome, steps: steps.map((step) => ({ ...ran, ...step })) }) as unknown as ImageResult
  it.each<[string, Partial<Step>[], ImageResult['outcome'], string[]]>([
    ['a step that ran', [{}], 'built', ['/a']],
    ['a step of another mount', [{ name: 'RUN --mount=type=cache,id=b,target=/b x' }], 'built', ['b']],
    ['a step whose variables hide the mount', [{ name: 'RUN --mount=type=cache,target=$X y' }], 'built', ['/a', 'b']],
    ['cached steps', [{ cached: true }], 'built', []],
    ['a step of an earlier output', [{ cached: true, completed: 2000 }], 'built', ['/a']],
    ['a step without a cache mount', [{ name: 'RUN --mount=type=bind,target=/a x' }], 'built', []],
    ['a step that was cut off', [{ completed: null }], 'built', []],
    ['an image that failed', [{}], 'failed', []],
  ])('%s', (_, steps, outcome, ids) => {
    const all = directories({}, { id: 'b', target: '/b' })
    expect(usedDirectories(all, [result(steps, outcome)]).map(({ mount }) => mount.id)).toEqual(ids)
  })
})

describe('the builds that fill and read mounts', () => {
  const hostile = directories({ id: 'x,target=/work "\'$(id) ${A}\n', source: '/s,rw', from: 'debian:12', owner: null })

  it('hold text of a Dockerfile as values of build arguments alone', () => {
    const fillings = hostile.map((directory) => ({ directory, file: 'f.cpio', digest: '0'.repeat(16) }))
    const inject = injection(fillings, { utility: 'busybox:stable', nonce: 'n' })
    const extract = extraction(
      hostile.map((directory) => ({ directory, known: '' })),
      { utility: 'u', nonce: 'n', limit: 9 },
    )
    for (const { dockerfile, args } of [inject, extract]) {
      expect(dockerfile).not.toMatch(/x,target|\/s,rw/)
      expect(args).toMatchObject({ ID_0: 'x,target=/work "\'$(id) ${A}\n', SOURCE_0: '/s,rw', NONCE: 'n' })
      expect(dockerfile.match(/^RUN /gm)).toHaveLength(1)
      expect(dockerfile).toContain('--network=none')
    }
  })

  it('fill each mount where no other one is', () => {
    const fillings = directories({}, { id: 'b' }).map((directory) => ({ directory, file: 'f', digest: '0' }))
    const lines = injection(fillings, { utility: 'u', nonce: 'n' })
      .dockerfile.split('\n')
      .filter((line) => line.startsWith('RUN'))
    expect(lines.map((line) => line.match(/type=cache/g))).toEqual([['type=cache'], ['type=cache']])
  })
})

describe('whether mounts are brought back', () => {
  it.each<['auto' | boolean, boolean, Partial<BuilderFacts>, boolean, string | null]>([
    ['auto', true, {}, true, null],
    ['auto', false, {}, false, null],
    ['auto', true, { driver: 'remote' }, false, null],
    ['auto', true, { driver: 'kubernetes' }, false, null],
    ['auto', true, { driver: 'docker' }, false, null],
    ['auto', true, { nodes: 2 }, false, null],
    [true, true, { driver: 'remote' }, true, null],
    [true, false, {}, false, 'cache-mounts: true has no effect: there is no cache service here'],
    [
      true,
      true,
      { nodes: 2 },
      false,
      'cache-mounts: true has no effect: builder b has several nodes, each with cache mounts of its own',
    ],
    [false, true, {}, false, null],
  ])('%s, service %s, %j: %s', (asked, service, facts, on, notice) => {
    expect(mountPolicy({ asked, service, builder: { ...builder, ...facts } })).toEqual({ on, notice })
  })

  it.each<[string, string, string, boolean]>([
    ['own-1', 'docker-container', 'self-hosted', false],
    ['b', 'docker-container', 'github-hosted', false],
    ['b', 'docker', 'github-hosted', false],
    ['b', 'docker-container', 'self-hosted', true],
    ['b', 'docker-container', '', true],
    ['b', 'remote', 'github-hosted', true],
    ['b', 'kubernetes', 'github-hosted', true],
  ])('builder %s of driver %s on a %s runner lives on: %s', (name, driver, runner, expected) => {
    expect(isPersistent({ name, driver }, { own: /^own-/, runner })).toBe(expected)
  })

  it('an untrusted run has a namespace for each pull request on a builder that lives on, a trusted one never', () => {
    const trigger = createTrigger({ trust: 'untrusted' })
    const names = [1, 2].map((number) =>
      untrustedNamespace({ ...trigger, pullRequest: { ...trigger.pullRequest, number } as never }, true),
    )
    expect(new Set(names).size).toBe(2)
    // BuildKit puts it, and a slash, before every id: one that is empty begins with the slash.
    for (const name of names) expect(name).toMatch(/^untrusted-\d+-\d$/)
    expect(untrustedNamespace(trigger, false)).toBeNull()
    expect(untrustedNamespace({ ...trigger, trust: 'trusted' }, true)).toBeNull()
  })

  it.each([
    ['trusted', 'push', true],
    ['trusted', 'schedule', true],
    ['trusted', 'workflow_dispatch', true],
    ['trusted', 'pull_request', false],
    ['trusted', 'merge_group', false],
    ['untrusted', 'push', false],
  ] as const)('a %s run of %s keeps them: %s', (trust, kind, expected) => {
    expect(keepsMounts({ trust, kind })).toBe(expected)
  })
})

describe('what is said of them', () => {
  const restored = { mounts: 2, bytes: 120e6, time: 2100 }
  const none = { mounts: 0, kept: 0, bytes: 0, time: 0 }
  it.each([
    [
      { restored, read: { mounts: 2, kept: 1, bytes: 125e6, time: 3000 } },
      'cache mounts: 2 restored (120 MB, 2.1 s), 1 of 2 kept for later runs (125 MB, 3.0 s)',
    ],
    [
      { restored, read: { mounts: 1, kept: 0, bytes: 0, time: 500 } },
      'cache mounts: 2 restored (120 MB, 2.1 s), 1 mount unchanged (read in 0.5 s)',
    ],
    [{ restored: { ...restored, mounts: 0 }, read: none }, null],
  ])('%j', (report, expected) => {
    expect(mountSentence(report)).toBe(expected)
  })
})
