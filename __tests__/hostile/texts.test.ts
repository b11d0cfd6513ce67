import { describe, expect, it, jest } from '@jest/globals'
import { createRepository } from '../helpers/repository.ts'
import { actionsOf, runPlan } from './plan-command.ts'

jest.setTimeout(240_000)

const images = { 'a/Dockerfile': 'FROM debian:12\n', 'b/Dockerfile': 'FROM debian:12\n' }
const times = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('')

/** A spec.yml, and what is said of it. */
const specs: readonly (readonly [string, string, RegExp])[] = [
  ['a circle', 'images:\n  a: {depends_on: [b]}\n  b: {depends_on: [a]}\n', /in a circle: a → b → a/],
  ['an image on itself', 'images:\n  a: {depends_on: [a]}\n', /spec\.yml:2:\d+: .*cannot depend on itself\n(?!.*mean)/],
  ['an unknown parent', 'images:\n  a: {depends_on: [c]}\n', /spec\.yml:2:\d+: .*no image "c"/],
  ['a key twice', 'images:\n  a: {name: x}\n  a: {name: y}\n', /spec\.yml:3:3: .*unique/],
  ['two images of one name', 'images:\n  a: {name: b}\n', /would be published as b/],
  [
    'a prototype as an image',
    'images:\n  __proto__: {skip: true}\n',
    /spec\.yml:2:3: the key __proto__ is not allowed/,
  ],
  ['a prototype as a key', '__proto__: {skip: true}\nimages: {}\n', /spec\.yml:1:1: the key __proto__/],
  ['a prototype deep inside', 'images:\n  a: {args: {__proto__: x}}\n', /spec\.yml:2:\d+: the key __proto__/],
  ['a constructor', 'images:\n  a: {constructor: {prototype: {}}}\n', /spec\.yml:2:\d+: the key constructor/],
  ['a name from above', 'images:\n  ../../etc: {name: x}\n', /spec\.yml:2:3: images\.\.\.\/\.\.\/etc: no image/],
  ['a context above', 'images:\n  a: {context: ../..}\n', /spec\.yml:2:\d+: .*"\.\.\/\.\." is outside/],
  ['a context elsewhere', 'images:\n  a: {context: /etc}\n', /spec\.yml:2:\d+: .*"\/etc" is outside/],
  ['a Dockerfile above', 'images:\n  a: {dockerfile: ../../Dockerfile}\n', /spec\.yml:2:\d+: .*outside/],
  ['a lock’s source above', 'images:\n  a: {lock: {sources: [../../x.yml]}}\n', /spec\.yml:2:\d+: .*outside/],
  ['an option as a name', 'images:\n  a: {name: --push}\n', /spec\.yml:2:\d+: .*no name that a registry takes/],
  ['a name in capitals', 'images:\n  a: {name: UP}\n', /spec\.yml:2:\d+: .*no name that a registry takes/],
  ['a name that is too long', `images:\n  a: {name: ${'x'.repeat(300)}}\n`, /spec\.yml:2:\d+: /],
  [
    'an alias bomb',
    `images: {}\nx0: &x0 [1]\n${times(30, (at) => `x${at + 1}: &x${at + 1} [${times(9, () => `*x${at},`)}]\n`)}`,
    /spec\.yml: .*alias/,
  ],
  ['an alias of itself', 'images:\n  a: {args: &x {A: *x}}\n', /spec\.yml:2:20: the alias \*x stands in what/],
  ['an alias of all', 'images: &x\n  a: *x\n', /spec\.yml:2:6: the alias \*x stands in what/],
  ['depth', `images: ${'['.repeat(200_000)}`, /spec\.yml:\d+:\d+: nested too deep|longer than/],
  ['depth in braces', `images: ${'{a: '.repeat(20_000)}`, /spec\.yml:\d+:\d+: nested too deep/],
  [
    'five megabytes',
    `images:\n  a: {args: {A: "${'x'.repeat(5 * 1024 * 1024)}"}}\n`,
    /spec\.yml is not read: it is larger than 1 MiB/,
  ],
  [
    'half a megabyte',
    `images:\n${times(20_000, (at) => `  i${at}: {skip: true}\n`)}`,
    /spec\.yml: longer than 256 KiB/,
  ],
  ['a pattern that is too long', `ignore: ["${'**/'.repeat(1000)}"]\n`, /spec\.yml:1:\d+: .*1024 characters/],
  ['two documents', 'images: {}\n---\nimages: {}\n', /spec\.yml:2:1: a second document begins here/],
  ['a type of JavaScript', 'images: !!js/function "x"\n', /spec\.yml:1:1: images: must be object/],
  ['a merge key', 'images:\n  <<: {a: {skip: true}}\n', /spec\.yml:2:\d+: /],
  ['no YAML', 'images: {a: [}\n', /spec\.yml:1:\d+: /],
  ['another shape', 'images: [1, 2]\n', /spec\.yml:1:\d+: images: must be object/],
]

/** Dockerfiles that are to cost a reader dearly; the plan is made all the same, and what they read counts. */
const dockerfiles: readonly (readonly [string, string])[] = [
  [
    'arguments that double sixty times',
    `ARG a0=xx\n${times(60, (at) => `ARG a${at + 1}=$a${at}$a${at}\n`)}FROM $a60\nCOPY . /x\n`,
  ],
  ['a default of 50,000 defaults', `ARG x=1\nFROM ${'${x:-'.repeat(50_000)}y${'}'.repeat(50_000)}\nCOPY . /x\n`],
  [
    'a chain of 20,000 stages',
    `FROM debian:12 AS s0\n${times(20_000, (at) => `FROM s${at} AS s${at + 1}\n`)}COPY . /x\n`,
  ],
  ['stages that stand on each other', 'FROM two AS one\nFROM one AS two\nCOPY . /x\n'],
  ['a pattern that matches in many ways', `FROM debian:12\nCOPY ${'*a'.repeat(200)}b ${'**/'.repeat(300)}b x* /x\n`],
  ['a line of a megabyte', `FROM debian:12\nCOPY . /x\nRUN ${'a'.repeat(1_000_000)}\n`],
  ['400,000 continued lines', `FROM debian:12\nCOPY . /x\nRUN ${'\\\n'.repeat(400_000)}\n`],
  ['50,000 heredocs', `FROM debian:12\nCOPY . /x\nRUN ${times(50_000, (at) => ` <<E${at}`)}\n`],
  ['20,000 sources', `FROM debian:12\n${times(20_000, (at) => `COPY f${at} /x\n`)}COPY x* /x\n`],
  ['a list that is no JSON', `FROM debian:12\nCOPY . /x\nCOPY [${'"a",'.repeat(150_000)}"x"\n`],
  ['bytes of no script', 'FROM debian:12\nCOPY . /x\n\0\ufffd\u202e\n'],
  ['variables in a mount', `FROM debian:12\nCOPY . /x\nRUN --mount=type=cache,target=${'${a}'.repeat(100_000)} x\n`],
]
const ignores: readonly (readonly [string, string])[] = [
  ['patterns that match in many ways', `${'**/'.repeat(2000)}b\n${'*a'.repeat(1000)}b\n`],
  ['100,000 patterns', times(100_000, (at) => `d${at}/**/*.md\n`)],
  ['brackets without an end', '[\n[!\n[a-\n\\\n!\n/\n..\n../..\n'],
]

describe('a hostile spec.yml is refused with its name', () => {
  it.each(specs)('%s', async (_title, text, message) => {
    await using repository = await createRepository()
    repository.commit({ ...images, 'spec.yml': text })
    const ended = runPlan(repository.folder)
    expect([ended.status, ended.stdout]).toEqual([1, ''])
    expect(ended.stderr).toMatch(message)
    expect(ended.stderr).toMatch(/spec\.yml|in a circle|published as/)
    // A sentence for a person, no trace of a program.
    expect(ended.stderr).not.toMatch(/\n {4}at |JSON|undefined|YAML\./)
    expect(ended.stderr.length).toBeLessThan(2000)
  })
})

describe('a hostile Dockerfile costs no more than its size', () => {
  it.each(dockerfiles)('%s', async (_title, text) => {
    await using repository = await createRepository()
    repository.commit({ ...images, 'a/Dockerfile': text, 'a/xyz': '1' })
    const base = repository.commit({ [`a/${'a'.repeat(200)}`]: '1' })
    repository.commit({ 'a/xyz': '2' })
    const ended = runPlan(repository.folder, '--base', base, '--format', 'json')
    expect([ended.status, ended.stderr]).toEqual([0, ''])
    expect(actionsOf(ended)).toEqual({ a: 'build', b: 'skip' })
  })
})

describe('a hostile .dockerignore costs no more than its size', () => {
  it.each(ignores)('%s', async (_title, text) => {
    await using repository = await createRepository()
    const deep = `a/${'a/'.repeat(100)}${'a'.repeat(200)}`
    const base = repository.commit({
      ...images,
      'a/Dockerfile': 'FROM x\nCOPY . /x\n',
      'a/.dockerignore': text,
      [deep]: '1',
    })
    repository.commit({ [deep]: '2' })
    const ended = runPlan(repository.folder, '--base', base, '--format', 'json')
    expect([ended.status, ended.stderr]).toEqual([0, ''])
    expect(actionsOf(ended)).toEqual({ a: 'build', b: 'skip' })
  })
})
