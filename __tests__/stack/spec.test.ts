import { describe, expect, it } from '@jest/globals'
import schema from '../../schema/spec.schema.json' with { type: 'json' }
import { imageNames } from '../../src/stack/tags.ts'
import { imageOf, readTree, stackOf, treeOf } from './stacks.ts'

const dockerfile = 'FROM x/y AS one\nUSER a\nFROM one\nUSER b\n'
const base = { 'images/base/Dockerfile': dockerfile, 'images/lab/Dockerfile': dockerfile, 'common/x': '' }
const withSpec = (spec: string) => stackOf({ ...base, 'images/spec.yml': spec })

describe('spec.yml', () => {
  it.each([
    [
      'unknown key',
      'images:\n  base:\n    dependson: lab\n',
      /^images\/spec.yml:3:5: images.base.dependson: unknown key/,
      /Did you mean depends_on\?/,
    ],
    ['unknown key at the top', 'image:\n  base:\n', /spec.yml:1:1: image: unknown key/, /Did you mean images\?/],
    ['unknown image', 'images:\n  bas:\n    skip: true\n', /spec.yml:2:3: images.bas: no image/, /Did you mean base/],
    [
      'unknown parent',
      'images:\n  lab:\n    depends_on: [bsae]\n',
      /spec.yml:3:5: images.lab.depends_on: there is no image "bsae"/,
      /Did you mean base/,
    ],
    [
      'unknown parent by the older key',
      'images:\n  lab:\n    depend_on: bsae\n',
      /spec.yml:3:5: images.lab.depend_on: /,
      /base/,
    ],
    ['itself', 'images: {lab: {depends_on: lab}}', /cannot depend on itself/, /./],
    [
      'wrong type',
      'images:\n  base:\n    skip: maybe\n',
      /spec.yml:3:5: images.base.skip: must be boolean, not "maybe"/,
      /./,
    ],
    [
      'wrong choice',
      'images:\n  base:\n    rebuild: hourly\n',
      /images.base.rebuild: .*daily, weekly, not "hourly"/,
      /./,
    ],
    [
      'wrong platform',
      'images:\n  base:\n    platforms: [linux/amd64, arm]\n',
      /spec.yml:3:\d+: images.base.platforms/,
      /./,
    ],
    ['no mapping', '- a\n', /spec.yml:1:1: it must hold keys and values/, /./],
    ['no YAML', 'images: [a\n', /spec.yml:\d+:\d+: /, /YAML/],
    ['a key twice', 'images: {}\nimages: {}\n', /spec.yml:2:1: /, /./],
    ['__proto__', 'images:\n  __proto__: {skip: true}\n', /spec.yml:2:3: the key __proto__ is not allowed/, /./],
    ['constructor', 'images: {base: {args: {constructor: 1}}}\n', /the key constructor is not allowed/, /./],
    [
      'path outside',
      'images:\n  base:\n    context: ../..\n',
      /spec.yml:3:5: images.base.context: "..\/.." is outside/,
      /./,
    ],
    ['path further outside', 'images:\n  base:\n    context: ../../x\n', /is outside of the repository/, /./],
    ['absolute path', 'images:\n  base:\n    context: /etc\n', /is outside of the repository/, /./],
    ['git folder', 'images:\n  base:\n    context: ../.git/hooks\n', /is outside of the repository/, /./],
    [
      'Dockerfile that is not there',
      'images:\n  base:\n    dockerfile: base/x.Dockerfile\n',
      /base\/x.Dockerfile is not there/,
      /regular file/,
    ],
    [
      'a Dockerfile elsewhere',
      'images:\n  base:\n    dockerfile: https://x.org/Dockerfile\n',
      /spec.yml:3:5: images.base.dockerfile: it is an address/,
      /context/,
    ],
    [
      'name with capitals',
      'images:\n  base:\n    name: Org/Base\n',
      /spec.yml:3:5: images.base.name: "Org\/Base" is no name/,
      /./,
    ],
    ['name with a tag', 'images: {base: {image_name: "org/base:1"}}', /images.base.image_name: /, /no tag/],
    [
      'unknown target',
      'images:\n  base:\n    target: oen\n',
      /spec.yml:3:5: images.base.target: .* has no stage oen/,
      /Did you mean one/,
    ],
    [
      'a type of rules that is not there',
      'images:\n  base:\n    tags:\n      - type=sha\n      - type=semvr,pattern=x\n',
      /^images\/spec.yml:5:9: images.base.tags.1: "type=semvr,pattern=x": "semvr" is not a type of tag rules$/,
      /did you mean semver\?/,
    ],
    [
      'a key of a rule, in the lines of the stack',
      'tags: |\n  type=sha\n  type=sha,lenght=9\n',
      /^images\/spec.yml:1:1: tags: "type=sha,lenght=9": lenght is not a key of type=sha$/,
      /did you mean length\?/,
    ],
    [
      'rules in brackets, which YAML divides at commas',
      'tags: [type=ref,event=branch]\n',
      /^images\/spec.yml:1:8: tags.0: "type=ref": type=ref needs event$/,
      /quote a rule that holds a comma/,
    ],
    ['no rules', 'tags: []\n', /spec.yml:1:1: tags: must NOT have fewer than 1 items/, /./],
    ['too many rules', `tags: [${'a,'.repeat(201)}]\n`, /spec.yml:1:1: tags: must NOT have more than 200 items/, /./],
    [
      'a flavor',
      'flavor: latst=true\n',
      /spec.yml:1:1: flavor: "latst=true": "latst" is not a key of the flavor/,
      /latest/,
    ],
    [
      'a template of a label',
      'images:\n  lab:\n    labels:\n      made: "{{dat \'YYYY\'}}"\n',
      /^images\/spec.yml:4:7: images.lab.labels.made: \{\{dat\}\} is not understood$/,
      /did you mean \{\{date\}\}\?/,
    ],
    [
      'an annotation',
      'annotations:\n  - x:a=b\n',
      /^images\/spec.yml:2:5: annotations.0: "x:a=b" is no annotation$/,
      /LEVEL/,
    ],
    [
      'a prefix that cannot begin a tag',
      'tag:\n  prefix: ../x\n',
      /^images\/spec.yml:2:3: tag.prefix: "..\/x" cannot begin a tag$/,
      /2026.3/,
    ],
    ['a key of tag', 'tag: {prefx: x}\n', /spec.yml:1:7: tag.prefx: unknown key/, /Did you mean prefix\?/],
    [
      'a command that is not there',
      'all_info_cmds: {PIP_LIST: {command: pip list}}\nimages:\n  base:\n    info_cmds: [PIP_LST]\n',
      /^images\/spec.yml:4:17: images.base.info_cmds.0: all_info_cmds has no command "PIP_LST"$/,
      /Did you mean PIP_LIST\?/,
    ],
    [
      'a folder of the machine as an OCI layout',
      'images:\n  base:\n    contexts: {x: "oci-layout:///home"}\n',
      /^images\/spec.yml:3:5: images.base.contexts: "oci-layout:\/\/\/home" may name any folder of the machine that builds$/,
      /build-contexts/,
    ],
    [
      'a context that bake would take from anywhere',
      'images:\n  base:\n    context: cwd://../../etc\n',
      /^images\/spec.yml:3:5: images.base.context: "cwd:\/\/..\/..\/etc" is no address that a build takes$/,
      /https/,
    ],
    [
      'such a named context',
      'images:\n  base:\n    contexts: {x: "file:///etc"}\n',
      /^images\/spec.yml:3:5: images.base.contexts: "file:\/\/\/etc" is no address/,
      /docker-image/,
    ],
    [
      'an image as the context',
      'images:\n  base:\n    context: docker-image://alpine\n',
      /^images\/spec.yml:3:5: images.base.context: "docker-image:\/\/alpine" is an image/,
      /contexts/,
    ],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((key, at) => `${key}: &${key} [${`*${'abcdefgh'[at]},`.repeat(9).slice(0, -1)}]`).join('\n')}\nimages: {}\n`,
      /alias/i,
      /./,
    ],
    ['too deep', `images: ${'['.repeat(100_000)}`, /spec.yml/, /./],
    ['too long', `images: {}\n#${'x'.repeat(300_000)}`, /longer than 256 KiB/, /./],
  ])('%s', async (_, spec, message, details) => {
    const error = await withSpec(spec).then(
      () => null,
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ code: 'spec', message: expect.stringMatching(message) })
    expect(error.details.join('\n')).toMatch(details)
    expect(error.message).not.toContain('\n')
  })

  it('gives an image all that it says', async () => {
    const stack = await withSpec(`
ignore: ['*.md']
build_all: common
images:
  base:
    name: ghcr.io/org/base-image
    args: {PY: 3.10, DEBUG: true, N: 1}
    platforms: [linux/amd64, linux/arm64]
    target: one
    context: ..
    contexts: {shared: ../common, alpine: 'docker-image://alpine:3'}
    lock: {sources: [base/environment.yml, ../common/x]}
  lab:
    skip: true
    tag: dev
`)
    expect(stack).toMatchObject({ path: 'images', spec: 'images/spec.yml', ignore: ['*.md'], buildAll: ['common'] })
    expect(imageOf(stack, 'base')).toMatchObject({
      repository: 'base-image',
      args: { PY: '3.10', DEBUG: 'true', N: '1' },
      platforms: ['linux/amd64', 'linux/arm64'],
      target: 'one',
      context: '.',
      contexts: { shared: 'common', alpine: 'docker-image://alpine:3' },
      lockSources: ['images/base/environment.yml', 'common/x'],
      skip: false,
    })
    expect(imageOf(stack, 'lab')).toMatchObject({ repository: 'lab', tagPrefix: 'dev-', skip: true, target: null })
  })

  it('makes several images of one folder', async () => {
    const stack = await stackOf({
      'py/Dockerfile': 'ARG V=1\nFROM x/y:$V\nUSER a\n',
      'app/Dockerfile': 'FROM org/py:3.13-latest\nUSER a\n',
      'spec.yml': `images:
  py:
    args: {A: 1}
    variants:
      - {name: 3.12, args: {V: 3.12}}
      - {name: 3.13, args: {V: 3.13, A: 2}}
      - {name: main, tag: "", args: {V: 3.14}}
`,
    })
    expect(stack.images.map((image) => [image.name, image.tagPrefix, image.base, image.args.A])).toEqual([
      ['app', '', 'org/py:3.13-latest', undefined],
      ['py', '', 'x/y:3.14', '1'],
      ['py/3.12', '3.12-', 'x/y:3.12', '1'],
      ['py/3.13', '3.13-', 'x/y:3.13', '2'],
    ])
    expect(imageOf(stack, 'app').parents.map((edge) => edge.name)).toEqual(['py/3.13'])
  })

  it('adds and renames images by their Dockerfiles', async () => {
    const stack = await stackOf({
      'build/Dockerfile': dockerfile,
      'build/other.Dockerfile': dockerfile,
      'spec.yml':
        'images: {one: {dockerfile: build/Dockerfile, target: one}, two: {dockerfile: build/Dockerfile}, build/other: }',
    })
    expect(stack.images.map((image) => [image.name, image.dockerfile, image.target]).sort()).toEqual([
      ['build/other', 'build/other.Dockerfile', null],
      ['one', 'build/Dockerfile', 'one'],
      ['two', 'build/Dockerfile', null],
    ])
  })

  it('names an image by its last folder where that is clear', async () => {
    const stack = await stackOf({
      'a/x/Dockerfile': 'FROM z/w\nUSER a\n',
      'b/y/Dockerfile': dockerfile,
      'spec.yml': 'images: {x: {depends_on: y}}',
    })
    expect(imageOf(stack, 'a/x').parents).toEqual([
      { name: 'b/y', references: [], how: 'depends_on in spec.yml', via: 'spec', line: 1, base: false },
    ])
  })

  it('leaves another tool’s spec.yml alone, except where it was asked for', async () => {
    const files = { 'a/Dockerfile': dockerfile, 'spec.yml': 'openapi: 3.1.0\ntags: [{name: pets}]\n' }
    const stack = await stackOf(files)
    expect(stack.spec).toBeNull()
    expect(stack.notes[0]?.path).toBe('spec.yml')
    await expect(stackOf(files, { spec: 'spec.yml' })).rejects.toMatchObject({
      code: 'spec',
      message: expect.stringMatching(/spec.yml:1:1: openapi/),
    })
  })

  // Without this a stack whose spec.yml gives tags and nothing else would be published under other tags, without a word.
  it.each(Object.keys(schema.properties).filter((key) => key !== '$schema'))(
    'reads one at the root that has %s alone',
    async (key) => {
      const wrong = { 'a/Dockerfile': dockerfile, 'spec.yml': `$schema: x\n${key}: {wrong: [1]}\n` }
      await expect(stackOf(wrong)).rejects.toMatchObject({ code: 'spec' })
    },
  )

  it.each([
    ['not there', { spec: 'x/spec.yml' }, /x\/spec.yml is not there/],
    ['another name', { spec: 'stack.yml' }, /stack.yml is not named spec.yml/],
    ['a link', { spec: 'link/spec.yml' }, /link\/spec.yml is not read: it is a symlink/],
  ])('the spec asked for is %s', async (_, options, message) => {
    await expect(readTree(treeOf(base, ['link/spec.yml']), options)).rejects.toMatchObject({
      code: 'spec',
      message: expect.stringMatching(message),
    })
  })

  // BuildKit follows it: the build would read the runner's files, and changes behind it would be missed.
  it.each([
    ['context', 'context: ../out'],
    ['context', 'context: ../out/below'],
    ['contexts', 'contexts: {x: ../out}'],
    ['contexts', 'contexts: {y: ../common, x: ../out/below/it}'],
  ])('refuses %s through a symbolic link: %s', async (key, text) => {
    const tree = treeOf({ ...base, 'images/spec.yml': `images:\n  base:\n    ${text}\n` }, ['out'])
    await expect(readTree(tree)).rejects.toMatchObject({
      code: 'spec',
      message: `images/spec.yml:3:5: images.base.${key}: out is a symbolic link, which is not followed`,
    })
  })

  it('says once of each key that nothing acts on it, and keeps what later steps need', async () => {
    const stack = await withSpec(
      'root: base\nimages:\n  base:\n    test: [pytest, [a, b]]\n    rebuild: daily\n    prune: true\n  lab:\n    test: x\n    manifests: false\n    lock: {platforms: [linux-64]}\n',
    )
    const unused = ' is not acted on by this version'
    expect(stack.notes.map(({ line, text }) => `${line}: ${text.replace(unused, '')}`)).toEqual([
      '6: prune',
      '10: lock.platforms',
    ])
    expect(imageOf(stack, 'base').declared).toEqual({
      test: ['pytest', ['a', 'b']],
      testing: {
        ...{ folder: null, network: 'none', timeout: null, allowFailure: false, inherit: true },
        place: { file: 'images/spec.yml', line: 4 },
      },
      manifests: [],
      rebuild: 'daily',
      lockPlatforms: [],
    })
    expect(imageOf(stack, 'lab').declared).toMatchObject({ undescribed: true, lockPlatforms: ['linux-64'] })
  })

  it('takes a context from elsewhere, and says that its changes are not seen', async () => {
    for (const address of ['https://github.com/o/r.git#main:sub', 'git@github.com:o/r.git']) {
      const stack = await withSpec(`images: {base: {context: "${address}", contexts: {x: "${address}"}}}`)
      expect(imageOf(stack, 'base')).toMatchObject({ context: address, contexts: { x: address } })
      expect(stack.notes.map((note) => note.text)).toEqual([expect.stringMatching(/changes there are not seen/)])
    }
  })

  it('gives an image registries of its own, by which it is pushed and known', async () => {
    const stack = await stackOf({
      'a/Dockerfile': dockerfile,
      'b/Dockerfile': 'FROM quay.io/own/a:1\nUSER a\n',
      'spec.yml': 'images: {a: {registry: [quay.io/own/, ghcr.io/own]}}',
    })
    expect(imageNames(imageOf(stack, 'a'), ['ghcr.io/run'])).toEqual(['quay.io/own/a', 'ghcr.io/own/a'])
    expect(imageNames(imageOf(stack, 'b'), ['ghcr.io/run'])).toEqual(['ghcr.io/run/b'])
    expect(imageNames(imageOf(stack, 'a'), [])).toEqual([])
    expect(imageOf(stack, 'b').parents[0]).toMatchObject({ name: 'a', how: expect.stringMatching(/^own is where/) })
  })

  it('in images/ it says that the stack is there', async () => {
    const stack = await stackOf({ ...base, 'other/Dockerfile': dockerfile, 'images/spec.yml': 'images: {}' })
    expect([stack.path, ...stack.order]).toEqual(['images', 'base', 'lab'])
    expect(stack.notes).toContainEqual({
      path: 'other/Dockerfile',
      line: null,
      text: expect.stringMatching(/left out/),
    })
  })

  // Else it would be passed over without a word, as the stack's folder is found to be images/.
  it('in the root it is read for images that are all in images/', async () => {
    const stack = await stackOf({ ...base, 'spec.yml': 'images: {lab: {skip: true}}' })
    expect([stack.path, stack.spec, imageOf(stack, 'lab').skip]).toEqual(['images', 'spec.yml', true])
    const both = await stackOf({ ...base, 'spec.yml': 'images: {lab: {skip: true}}', 'images/spec.yml': 'images: {}' })
    expect([both.spec, imageOf(both, 'lab').skip]).toEqual(['images/spec.yml', false])
    const other = await stackOf({ ...base, 'spec.yml': 'openapi: 3.0.0\ninfo: x\n' })
    expect(other.spec).toBeNull()
  })

  it('cannot tell names apart by capitals', async () => {
    for (const [first, second] of [
      ['one', 'One'],
      ['One', 'one'],
    ]) {
      const spec = `images: {${first}: {dockerfile: base/Dockerfile, name: x}, ${second}: {dockerfile: lab/Dockerfile, name: y}}`
      await expect(withSpec(spec)).rejects.toMatchObject({
        code: 'stack',
        message: expect.stringMatching(`have the name ${second}$`),
      })
    }
  })

  // Else the error's own remedy would not end it.
  it('tells images apart that would have one name, by their Dockerfiles', async () => {
    const twins = { 'a/Dockerfile': dockerfile, 'a.Dockerfile': dockerfile, 'A/Dockerfile': dockerfile }
    await expect(stackOf(twins)).rejects.toMatchObject({ code: 'stack' })
    const spec = 'images: {b: {dockerfile: a.Dockerfile}, c: {dockerfile: A/Dockerfile}}'
    expect((await stackOf({ ...twins, 'spec.yml': spec })).order).toEqual(['a', 'b', 'c'])
  })

  it('leaves no remark that a Dockerfile is left out which it takes', async () => {
    const spec = 'images: {other: {dockerfile: ../tools/Dockerfile}}'
    const stack = await stackOf({ ...base, 'tools/Dockerfile': dockerfile, 'images/spec.yml': spec })
    expect(stack.notes).toEqual([])
  })

  it.each([
    ['a name twice', 'variants: [{name: a}, {name: A}]', '1:39: images.lab.variants.1.name: "A" is another'],
    ['a tag twice', 'variants: [{name: a}, {name: b, tag: a}]', 'variants.1.tag: "a" is another variant\'s tag'],
    ['two without a tag', 'variants: [{name: a, tag: ""}, {name: b, tag: ""}]', 'variants.1.tag: "" is another'],
    ['a name that is no tag', 'variants: [{name: a b}]', 'variants.0.tag: "a b" cannot begin a tag'],
    ['a tag that is none', 'tag: -x', '1:16: images.lab.tag: "-x" cannot begin a tag'],
  ])('refuses %s, where it stands', async (_, keys, message) => {
    await expect(withSpec(`images: {lab: {${keys}}}`)).rejects.toMatchObject({
      code: 'spec',
      message: expect.stringContaining(message),
    })
  })

  it('an empty one says nothing', async () => {
    expect((await withSpec('# nothing yet\n')).images).toHaveLength(2)
  })
})
