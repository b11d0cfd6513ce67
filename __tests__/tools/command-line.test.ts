import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { createRepository, type Repository } from '../helpers/repository.ts'
import { keptSource, sourceCli } from '../helpers/source-cli.ts'

jest.setTimeout(120_000)

const escapeCharacter = String.fromCodePoint(27)
let repository: Repository
let base: string
beforeAll(async () => {
  repository = await createRepository()
  base = repository.commit({
    'images/base/Dockerfile': 'FROM debian:12\nCOPY data /data\n',
    'images/base/data/x': '1\n',
    'images/child/Dockerfile': 'FROM registry.test/team/base:main\n',
    'images/other/Dockerfile': 'FROM debian:12\n',
    'examples/x/Dockerfile': 'FROM debian:12\n',
  })
  repository.commit({ 'images/base/data/x': '2\n' })
})
afterAll(async () => await repository[Symbol.asyncDispose]())

/** The command line from source, in the repository, with no variable of this machine but PATH. */
function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [sourceCli, ...args], {
    cwd: repository.folder,
    env: { PATH: process.env.PATH, HOME: repository.folder, ...keptSource, ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}
const plan = (...args: readonly string[]) => cli(['plan', '--registry', 'registry.test/team', '--base', base, ...args])

describe('plan', () => {
  it('prints the images with action and reason on standard output, in plain text without a terminal', () => {
    const { status, stdout, stderr } = plan()
    expect([status, stderr]).toEqual([0, ''])
    for (const line of [
      /base +build +data\/x changed|base +build +images\/base\/data\/x changed/,
      /child +build +parent base/,
      /other +skip/,
    ])
      expect(stdout).toMatch(line)
    expect(stdout).not.toContain(escapeCharacter)
  })

  it('has colours where they are forced, and none where they are refused', () => {
    const args = ['plan', '--base', base]
    expect(cli(args, { FORCE_COLOR: '1' }).stdout).toContain(escapeCharacter)
    expect(cli(args, { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).toBe(cli(args, { NO_COLOR: '1' }).stdout)
  })

  it('--format json prints JSON and nothing else, with parents before children', () => {
    const { status, stdout, stderr } = plan('--format', 'json')
    const { trigger, images, order } = JSON.parse(stdout)
    expect([status, stderr]).toEqual([0, ''])
    expect(trigger).toMatchObject({ kind: 'local', trust: 'trusted' })
    expect(order).toEqual(['base', 'child', 'other'])
    expect(
      images.map(({ name, action, parents, dockerfile }: Record<string, unknown>) => [
        name,
        action,
        parents,
        dockerfile,
      ]),
    ).toEqual([
      ['base', 'build', [], 'images/base/Dockerfile'],
      ['child', 'build', ['base'], 'images/child/Dockerfile'],
      ['other', 'skip', [], 'images/other/Dockerfile'],
    ])
    expect(images[0]).toMatchObject({
      external: ['debian:12'],
      fingerprint: null,
      reason: expect.stringMatching(/changed/),
    })
  })

  it('an image alone is planned with its parents, by its name or its folder', () => {
    for (const name of ['child', 'images/child']) {
      const { images } = JSON.parse(plan(name, '--format', 'json').stdout)
      const actions = Object.fromEntries(
        images.map((image: { name: string; action: string }) => [image.name, image.action]),
      )
      expect(actions).toMatchObject({ base: 'build', child: 'build', other: 'skip' })
    }
  })

  it('--quiet and --debug change what goes to standard error, never the result', () => {
    const { stdout } = plan()
    expect(plan('--quiet')).toMatchObject({ status: 0, stdout, stderr: '' })
    expect(plan('--debug')).toMatchObject({ status: 0, stdout })
  })
})

describe('plan --explain', () => {
  it('IMAGE tells what it is made from, what changed and what that means', () => {
    const { status, stdout } = plan('--explain', 'base')
    expect(status).toBe(0)
    for (const text of ['images/base/Dockerfile', 'debian:12', 'data/x', 'build']) expect(stdout).toContain(text)
    expect(plan('--explain', 'child').stdout).toContain('registry.test/team/base:main')
  })

  it('without a name tells what was found and what was left out', () => {
    const { status, stdout } = plan('--explain')
    expect(status).toBe(0)
    for (const text of ['base', 'child', 'other', 'examples/x/Dockerfile']) expect(stdout).toContain(text)
  })

  it('is JSON on request, with the same keys as in docs/command-line.md', () => {
    expect(Object.keys(JSON.parse(plan('--explain', 'base', '--format', 'json').stdout))).toEqual(
      expect.arrayContaining(['image', 'planned', 'changes', 'files', 'notes']),
    )
    expect(Object.keys(JSON.parse(plan('--explain', '--format', 'json').stdout))).toEqual(
      expect.arrayContaining(['path', 'spec', 'images', 'notes']),
    )
  })

  it('of an image that is not there names those that are', () => {
    const { status, stdout, stderr } = plan('--explain', 'chidl')
    expect([status, stdout]).toEqual([expect.any(Number), ''])
    expect(status).toBeGreaterThan(0)
    expect(stderr).toMatch(/chidl[\s\S]*child/)
  })
})

describe('plan --graph', () => {
  it('mermaid draws each image and each edge, coloured by what is done', () => {
    const { status, stdout, stderr } = plan('--graph', 'mermaid')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(
      /^flowchart LR\n {2}n0\["base"\]:::build\n {2}n1\["child"\]:::build\n {2}n2\["other"\]:::skip\n {2}n0 --> n1\n/,
    )
    expect(stdout).toContain('classDef build')
  })

  it('dot draws the same', () => {
    const { status, stdout } = plan('--graph', 'dot')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^digraph stack \{[\s\S]*"base" -> "child"\n\}\n$/)
    expect(stdout).toMatch(/"other" \[.*tooltip="skip: /)
  })
})

describe('wrong usage: exit 2, nothing on standard output, the remedy beside it', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['an unknown command', ['plna'], /"plna" is no command\n.*did you mean plan\?/],
    ['an unknown option', ['plan', '--explian'], /--explian[\s\S]*did you mean --explain\?/],
    ['an option without its value', ['plan', '--base'], /--base/],
    ['an unknown format', ['plan', '--format', 'yaml'], /--format: "yaml" is not a format\n.*text or json/],
    ['an unknown kind of graph', ['plan', '--graph', 'svg'], /--graph: "svg" is no kind of drawing\n.*mermaid or dot/],
    ['a graph as JSON', ['plan', '--graph', 'dot', '--format', 'json'], /--graph does not go with --format json/],
    ['a graph that explains', ['plan', '--graph', 'dot', '--explain', 'base'], /--graph does not go with --explain/],
    ['an explained build', ['build', '--explain', 'base'], /--explain goes with plan, not with build/],
    ['a second command', ['plan', '--command', 'lock'], /--command does not go with the command plan/],
    ['a drawn build', ['build', '--graph', 'dot'], /--graph goes with plan, not with build/],
    ['a folder that is not there', ['plan', '--repo', 'nowhere'], /--repo: ".*nowhere" is not a folder/],
    ['a file for a folder', ['plan', '--repo', 'images/base/Dockerfile'], /--repo: ".*" is not a folder/],
    ['half an event', ['plan', '--event-name', 'push'], /--event-name and --event-path go together/],
    ['an event that is not there', ['plan', '--event-name', 'push', '--event-path', 'nowhere.json'], /nowhere\.json/],
    ['an unknown base', ['plan', '--base', 'nowhere'], /--base: "nowhere" is not a commit/],
    ['an option for a base', ['plan', '--base=--upload-pack=x'], /--base: "--upload-pack=x" is not a commit/],
    ['an unknown head', ['plan', '--head', 'nowhere'], /--head: "nowhere" is not a commit/],
    ['an unknown image', ['plan', 'bsae'], /bsae/],
    ['a path that leads out', ['plan', '--path', '../x'], /path/],
    ['a platform that is none', ['plan', '--platforms', 'x'], /platforms/],
    ['a switch of no known value', ['plan', '--push=perhaps'], /push/],
    ['no registry to push to', ['plan', '--push'], /push: true, but registry is empty/],
  ])('%s', (_title, args, message) => {
    const { status, stdout, stderr } = cli(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at .*\.ts:/)
  })

  it('no command prints how to use it, as --help does, which is no error', () => {
    const [none, help] = [cli([]), cli(['--help'])]
    expect([none.status, help.status]).toEqual([2, 0])
    expect(none.stdout).toBe(help.stdout)
    for (const name of ['plan', '--base', '--explain', '--graph', '--format', '--quiet', '--debug', 'exit code'])
      expect(help.stdout).toContain(name)
  })

  it('--debug tells where an error comes from', () => {
    const { status, stderr } = cli(['plan', '--base', 'nowhere', '--debug'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/is not a commit[\s\S]*at /)
  })
})
