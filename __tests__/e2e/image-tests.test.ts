import { execFileSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json, writesOf } from './flow.ts'
import { imageErrors, openSmallStage, smallStack, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(async () => {
  await world?.stop()
})

const spec = (images: object) => ({ 'images/spec.yml': JSON.stringify({ images }) })

/** What the report says of an image. */
async function resultOf(played: Played, name: string) {
  const { images } = json(await read(played.outputs.report))
  return images.find((image: { name: string }) => image.name === name)
}

async function read(file: string | undefined): Promise<string> {
  return await readFile(file ?? '', 'utf8')
}

/** The cases of an image: `name: outcome, reason`. */
function said(result: { tests: { cases: { name: string; outcome: string; reason: string }[] } }): string[] {
  return result.tests.cases.map(({ name, outcome, reason }) => `${name}: ${outcome}${reason ? `, ${reason}` : ''}`)
}

async function onStage<T>(files: Readonly<Record<string, string>>, act: (stage: Stage) => Promise<T>): Promise<T> {
  await using stage = await openSmallStage(world, { ...smallStack, ...files })
  return await act(stage)
}

describe('tests before the push', () => {
  it('push what passed, to the byte, and run a parent’s tests in its children', async () => {
    await onStage(spec({ base: { test: ['test -f /base', ['test', '-f', '/log']] } }), async (stage) => {
      const played = await stage.push({ files: { 'images/base/word': 'two\n' } })
      expect(played).toMatchObject({ outcome: 'success' })
      expect((await stage.tags()).base?.main).toBeDefined()
      const { tests } = await resultOf(played, 'grandchild')
      expect(tests.outcome).toBe('passed')
      expect(tests.cases.map((one: { name: string; image: string }) => `${one.image}: ${one.name}`)).toEqual([
        'base: test -f /base',
        'base: ["test","-f","/log"]',
      ])
    })
  })

  it('push nothing of an image whose tests fail, and skip its children', async () => {
    await onStage(spec({ child: { test: 'echo so it is; cat /nothing' } }), async (stage) => {
      let played: Played | undefined
      const writes = await writesOf(stage, async () => {
        played = await stage.push({ files: { 'images/base/word': 'two\n' } })
      })
      expect(played).toMatchObject({ outcome: 'failure' })
      expect(writes.filter((write) => /child/.test(write))).toEqual([])
      expect(writes.filter((write) => /manifests\/main/.test(write))).toEqual([])
      expect(writes.filter((write) => /base\/manifests\//.test(write))).not.toEqual([])
      expect(imageErrors(played as Played).join()).toMatch(
        /1 of 1 tests failed: echo so it is; cat \/nothing: it ended with exit code 1/,
      )
      expect(imageErrors(played as Played).join()).toContain('so it is')
    })
  })
})

describe('an untrusted run', () => {
  it('tests without network: tests that ask for it are left out and named, and others run', async () => {
    const tests = { base: { test: { commands: 'echo online', network: 'default' } }, child: { test: 'test -f /child' } }
    await onStage(spec(tests), async (stage) => {
      const trusted = await stage.push({ files: { 'images/base/word': 'two\n' } })
      expect(said(await resultOf(trusted, 'child'))).toEqual(['echo online: passed', 'test -f /child: passed'])
      const played = await stage.pullRequest({ fork: true, files: { 'images/base/word': 'three\n' }, title: 'Try' })
      expect(played.outcome).toBe('success')
      const note = 'the tests of base ask for the network, which those of an untrusted run do not get'
      const [base, child] = [await resultOf(played, 'base'), await resultOf(played, 'child')]
      expect([base.outcome, base.tests.outcome, said(base), base.tests.notes]).toEqual(['built', 'skipped', [], [note]])
      expect([said(child), child.tests.notes]).toEqual([['test -f /child: passed'], [note]])
      expect(played.log).toContain(`base: ${note}`)
      expect(played.summary).toContain(note)
    })
  })
})

const program = 'FROM busybox AS tools\nFROM scratch\nCOPY --from=tools /bin/busybox /busybox\nCOPY word /\n'
const shell =
  'FROM busybox\nCOPY word /\nRUN echo "joe:x:1000:1000::/tmp:/bin/sh" >> /etc/passwd\nUSER joe\nWORKDIR /tmp\n'
const laughs = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(9)}">]><testsuite>&b;</testsuite>`

/** Folder → Dockerfile, what spec.yml says of its tests, and the files of its folder tests. */
const kinds: Readonly<Record<string, readonly [string, unknown, Readonly<Record<string, string>>?]>> = {
  user: [shell, ['test "$(whoami) $(pwd)" = "joe /tmp"', 'test -z "$(env | grep -i registry)"']],
  allowed: [shell, { commands: ['exit 3', 'true'], 'allow-failure': true }],
  slow: [shell, { commands: ['echo it begins; sleep 98765'], timeout: '4s' }],
  offline: [shell, ['test "$(grep : /proc/net/dev | cut -d: -f1 | tr -d " ")" = lo']],
  online: [shell, { commands: ['test "$(grep : /proc/net/dev | wc -l)" -gt 1'], network: 'default' }],
  program: [
    program,
    [
      ['/busybox', 'true'],
      ['/busybox', 'echo', "it's $HOME"],
    ],
  ],
  'program-fails': [
    program,
    [
      ['/busybox', 'true'],
      ['/busybox', 'false'],
      ['/busybox', 'true'],
    ],
  ],
  'no-shell': [program, 'echo hi'],
  killed: [shell, ['kill -9 $$', 'true']],
  hostile: [
    shell,
    [
      'echo "::set-output name=built::[]"; echo "##[error]mine"; printf "\\033[31mred\\n"; exit 1',
      'head -c 10000000 /dev/zero | tr "\\0" x; exit 1',
      'yes "a line of a log that has no end" | head -c 60000000; exit 1',
      'ln -s /etc/passwd "$TEST_REPORTS/a.xml"; mkfifo "$TEST_REPORTS/b.xml"; rm -f "$TEST_REPORTS/../0-4.log"; ln -s /etc/shadow "$TEST_REPORTS/../0-9.log"',
    ],
  ],
  reports: [
    shell,
    [
      `echo '<testsuite><testcase classname="m" name="one"/><testcase name="two"><failure message="&lt;b>no"/></testcase></testsuite>' > "$TEST_REPORTS/a.xml"`,
      'echo "<testsuite><testcase" > "$TEST_REPORTS/b.xml"',
      `echo '${laughs}' > "$TEST_REPORTS/c.xml"`,
    ],
  ],
  odd: [
    shell,
    undefined,
    {
      '-rf x.sh': 'test -f data',
      'a b$(id);.sh': 'exit 0',
      'ü\n.sh': 'true',
      data: '',
      'test_a.py': '',
      'n.ipynb': '{}',
    },
  ],
}

describe('tests of every kind', () => {
  let stage: Stage
  let played: Played
  beforeAll(async () => {
    const files = Object.entries(kinds).flatMap(([name, [dockerfile, , tests]]) => [
      [`images/${name}/Dockerfile`, dockerfile],
      [`images/${name}/word`, '1'],
      ...Object.entries(tests ?? {}).map(([file, text]) => [`images/${name}/tests/${file}`, text]),
    ])
    const images = Object.entries(kinds).flatMap(([name, [, test]]) => (test === undefined ? [] : [[name, { test }]]))
    stage = await openSmallStage(world, { ...Object.fromEntries(files), ...spec(Object.fromEntries(images)) })
    played = await stage.push({ files: { 'README.md': '1' } }, { inputs: { 'no-cache': 'true' } })
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  const of = async (name: string) => await resultOf(played, name)

  it.each(['user', 'offline', 'online', 'program', 'odd'])('pass: %s', async (name) => {
    const result = await of(name)
    expect([result.failure?.message, result.outcome, result.tests.outcome]).toEqual([undefined, 'built', 'passed'])
  })

  it('run scripts of any name in their folder, and tell what the image has no tool for', async () => {
    expect(said(await of('odd'))).toEqual([
      '-rf x.sh: passed',
      'a b$(id);.sh: passed',
      'ü\n.sh: passed',
      'pytest: skipped, the image has no pytest',
      'n.ipynb: skipped, the image has neither nbclient, nbconvert nor papermill',
    ])
  })

  it('show a failure that is allowed, and stop nothing', async () => {
    const result = await of('allowed')
    expect(result.outcome).toBe('built')
    expect(said(result)).toEqual(['exit 3: failed, it ended with exit code 3', 'true: passed'])
    const { annotations } = played
    expect(annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([
      expect.stringContaining('exit 3'),
    ])
  })

  it('end what takes too long, with all that it started', async () => {
    const result = await of('slow')
    expect(result.failure.message).toMatch(/^its tests took longer than 4 s and were ended/)
    expect(result.completed - result.started).toBeLessThan(60_000)
    expect(execFileSync('ps', ['-eo', 'args']).toString()).not.toMatch(/sleep 98765$/m)
  })

  it('run programs without a shell, and ask for a list where there is none', async () => {
    expect((await of('program-fails')).failure.message).toMatch(
      /^1 of 3 tests failed: \["\/busybox","false"\]: the command ended with exit code 1$/,
    )
    expect((await of('no-shell')).failure.message).toMatch(
      /its tests need \/bin\/sh, which no-shell does not have: write them as lists/,
    )
  })

  it('fail where a signal ends a test, and run the others', async () => {
    expect(said(await of('killed'))).toEqual(['kill -9 $$: failed, it ended with exit code 137', 'true: passed'])
  })

  it('read reports, and no hostile ones', async () => {
    const result = await of('reports')
    expect(said(result)[0]).toMatch(/failed, it ended with exit code 0, but its report says: 1 of 2 cases failed$/)
    expect(result.tests.cases[0].reported.failures).toEqual([{ name: 'two', message: '<b>no' }])
    expect(
      said(result)
        .slice(1)
        .map((line) => line.replace(/.*: /, '')),
    ).toEqual(['passed', 'passed'])
    expect(result.tests.notes).toEqual([
      expect.stringMatching(/^b.xml was not read: /),
      'c.xml was not read: it has a document type, which no report needs',
    ])
  })

  it('let no text act, follow no link, and keep the end of logs', async () => {
    const result = await of('hostile')
    expect(said(result).map((line) => line.replace(/.*: /, ''))).toEqual([
      ...Array(3).fill('failed, it ended with exit code 1'),
      'passed',
    ])
    expect(json(played.outputs.built)).toContain('user')
    expect(played.annotations.filter(({ message }) => message === 'mine')).toEqual([])
    const report = await read(played.outputs.report)
    expect(report).not.toContain('root:')
    expect(report.length).toBeLessThan(2_000_000)
    expect(result.tests.cases[2].tail.at(-1)).toContain('a line of a log')
  })

  it('push no image that failed, and move no tag', async () => {
    expect(Object.keys(await stage.tags()).sort()).toEqual(['allowed', 'odd', 'offline', 'online', 'program', 'user'])
    for (const tags of Object.values(await stage.tags())) expect(Object.keys(tags)).not.toContain('main')
  })

  it('describe what is built', async () => {
    const folder = played.outputs.manifests ?? ''
    expect((await readdir(folder)).filter((name) => name.endsWith('.md'))).toContain('user.md')
    const all = json(await readFile(path.join(folder, 'manifests.json'), 'utf8'))
    expect(all.find(({ image }: { image: string }) => image === 'user')).toMatchObject({ packages: {}, commands: [] })
  })
})

describe('one platform', () => {
  const copied =
    'FROM --platform=$BUILDPLATFORM busybox AS tools\nFROM scratch\nCOPY --from=tools /bin/busybox /busybox\n'
  const files = {
    'images/both/Dockerfile': copied,
    'images/foreign/Dockerfile': copied,
    ...spec({
      both: { platforms: ['linux/amd64', 'linux/386'], test: [['/busybox', 'true']] },
      foreign: { platforms: 'linux/386', test: [['/busybox', 'true']] },
    }),
  }

  it('of several is tested, the builder’s own, and others are named', async () => {
    await using stage = await openSmallStage(world, files)
    const played = await stage.push({ files: { 'README.md': '1' } })
    expect(played).toMatchObject({ outcome: 'success' })
    const [both, foreign] = [await resultOf(played, 'both'), await resultOf(played, 'foreign')]
    expect([both.tests.outcome, both.tests.platform, both.tests.notes]).toEqual([
      'passed',
      'linux/amd64',
      ["not tested on linux/386: this builder's own platform is linux/amd64"],
    ])
    expect([foreign.tests.outcome, foreign.tests.cases, foreign.tests.notes]).toEqual(['skipped', [], both.tests.notes])
    expect(played.log).toContain('not tested on linux/386')
    const again = { files: { 'images/foreign/Dockerfile': `${copied}# again\n` } }
    const strict = await stage.push(again, { inputs: { tests: 'true' } })
    expect(imageErrors(strict).join()).toContain('foreign has no test that can run here, and input tests is true')
  })

  it('carries the attestations that are asked for', async () => {
    await using stage = await openSmallStage(world, files)
    const inputs = { provenance: 'mode=max', images: 'both' }
    const played = await stage.push({ files: { 'README.md': '1' } }, { inputs })
    expect(played).toMatchObject({ outcome: 'success' })
    const tool = ['imagetools', 'inspect', `${stage.prefix}/both:${played.sha7}`, '--format', '{{json .Provenance}}']
    const env = { ...process.env, ...world.env }
    const provenance = json(execFileSync('buildx', tool, { env }).toString())
    expect(JSON.stringify(provenance)).toMatch(/buildkit_metadata|llbDefinition|buildConfig/)
    expect(played.outputs.references).toMatch(new RegExp(`^${stage.prefix}/both@sha256:[0-9a-f]{64}$`, 'm'))
  })
})
