import { describe, expect, it } from '@jest/globals'
import { changedImages } from '../../src/stack/changes.ts'
import { fileRules } from '../../src/stack/index.ts'
import { imageReferences } from '../../src/stack/tags.ts'
import type { Image, Stack } from '../../src/stack/types.ts'
import { changed, imageOf, stackOf } from './stacks.ts'

const files = {
  'images/base/Dockerfile': 'ARG PY=3.12\nFROM x/y:$PY AS one\nUSER a\nFROM one\nCOPY a.txt /\n',
  'images/base/a.txt': '',
  'images/base/README.md': '',
  'images/lab/Dockerfile': 'ARG PARENT=org/base:main\nFROM z/w\nCOPY --from=shared x /\nUSER b\n',
  'images/lab/environment.yml': '',
  'shared/x': '',
  Makefile: '',
}

/** What comes of a spec for the image `base`, or for the whole stack. */
interface Row {
  readonly key: string
  readonly spec: string
  readonly expected: unknown
  readonly of: (stack: Stack) => unknown
}

const base = (pick: (image: Image) => unknown) => (stack: Stack) => pick(imageOf(stack, 'base'))
const lab = (pick: (image: Image) => unknown) => (stack: Stack) => pick(imageOf(stack, 'lab'))
const image = (name: string, text: string) => `images:\n  ${name}: {${text}}\n`
const rebuilt =
  (...list: string[]) =>
  (stack: Stack) =>
    [...changedImages(stack, changed(...list)).keys()].sort()
const parents = (given: Image) => given.parents.map((edge) => `${edge.name} ${edge.via}`)
const reference = (given: Image) => imageReferences(given, ['r.io/run'], ['main'])

// One row a key: what would break it is that the key is taken and nothing comes of it.
const rows: readonly Row[] = [
  { key: 'name', spec: image('base', 'name: ghcr.io/o/root'), of: base(reference), expected: ['r.io/run/root:main'] },
  {
    key: 'image_name',
    spec: image('base', 'image_name: o/root'),
    of: base(reference),
    expected: ['r.io/run/root:main'],
  },
  { key: 'tag', spec: image('base', 'tag: dev'), of: base(reference), expected: ['r.io/run/base:dev-main'] },
  {
    key: 'tag.prefix of the stack',
    spec: `tag: {prefix: 2026.30}\n${image('base', 'tag: dev')}`,
    of: (stack) => stack.images.flatMap(reference),
    expected: ['r.io/run/base:2026.30-dev-main', 'r.io/run/lab:2026.30-main'],
  },
  {
    key: 'registry of an image',
    spec: image('base', 'registry: [q.io/a, q.io/b/]'),
    of: base(reference),
    expected: ['q.io/a/base:main', 'q.io/b/base:main'],
  },
  {
    key: 'registry of the stack',
    spec: `registry: ghcr.io/own\n${image('lab', 'args: {x: y}')}`,
    of: (stack) => stack.images.flatMap(reference),
    expected: ['r.io/run/base:main', 'r.io/run/lab:main'],
  },
  {
    key: 'path',
    spec: 'images:\n  other: {path: base, name: other}\n',
    of: (stack) => stack.order,
    expected: ['lab', 'other'],
  },
  {
    key: 'dockerfile and context',
    spec: 'images:\n  other: {dockerfile: base/Dockerfile, context: ..}\n',
    of: (stack) => imageOf(stack, 'other'),
    expected: expect.objectContaining({ dockerfile: 'images/base/Dockerfile', context: '.' }),
  },
  { key: 'target', spec: image('base', 'target: one'), of: base(({ target }) => target), expected: 'one' },
  {
    key: 'args decide about FROM',
    spec: image('base', 'args: {PY: 3.10}'),
    of: base(({ args, base }) => [args, base]),
    expected: [{ PY: '3.10' }, 'x/y:3.10'],
  },
  {
    key: 'build_args, and args goes before it',
    spec: image('base', 'build_args: {PY: 1, X: 2}, args: {PY: 3}'),
    of: base(({ args }) => args),
    expected: { PY: '3', X: '2' },
  },
  {
    key: 'platforms',
    spec: image('base', 'platforms: linux/arm64'),
    of: base(({ platforms }) => platforms),
    expected: ['linux/arm64'],
  },
  { key: 'depends_on', spec: image('lab', 'depends_on: base'), of: lab(parents), expected: ['base spec'] },
  { key: 'depend_on', spec: image('lab', 'depend_on: [base]'), of: lab(parents), expected: ['base spec'] },
  {
    key: 'depends_on: a change of the parent builds the child',
    spec: image('lab', 'depends_on: base'),
    of: rebuilt('images/base/a.txt'),
    expected: ['base', 'lab'],
  },
  {
    key: 'contexts: a folder, and its files count',
    spec: image('lab', 'contexts: {shared: ../shared}'),
    of: (stack) => [imageOf(stack, 'lab').contexts, rebuilt('shared/x')(stack)],
    expected: [{ shared: 'shared' }, ['lab']],
  },
  ...['docker-image://alpine:3', 'https://github.com/o/r.git#main:sub', 'git@github.com:o/r.git'].map((address) => ({
    key: `contexts: ${address}`,
    spec: image('lab', `contexts: {shared: "${address}"}`),
    of: lab(({ contexts }) => contexts),
    expected: { shared: address },
  })),
  {
    key: 'contexts: an image of the stack',
    spec: image('lab', 'contexts: {shared: "target:base"}'),
    of: lab((given) => [parents(given), given.parents[0]?.references, given.contexts]),
    expected: [['base spec'], ['shared'], {}],
  },
  {
    key: 'context: an address, with a Dockerfile of the repository',
    spec: image('lab', 'context: "https://github.com/o/r.git#main:sub"'),
    of: lab(({ context, dockerfile, remoteDockerfile }) => [context, dockerfile, remoteDockerfile]),
    expected: ['https://github.com/o/r.git#main:sub', 'images/lab/Dockerfile', undefined],
  },
  {
    key: 'context: an address, with a Dockerfile of its own',
    spec: image(
      'far',
      'context: "https://github.com/o/r.git#main:sub", dockerfile: gpu/Dockerfile, target: x, depends_on: base',
    ),
    of: (stack) => [imageOf(stack, 'far'), imageOf(stack, 'far').parents.map((edge) => edge.name)],
    expected: [
      expect.objectContaining({
        context: 'https://github.com/o/r.git#main:sub',
        dockerfile: 'https://github.com/o/r.git#main:sub gpu/Dockerfile',
        remoteDockerfile: 'gpu/Dockerfile',
        target: 'x',
        external: [],
        base: null,
      }),
      ['base'],
    ],
  },
  {
    key: 'lock.sources',
    spec: image('lab', 'lock: {sources: [lab/environment.yml]}'),
    of: (stack) => [imageOf(stack, 'lab').lockSources, rebuilt('images/lab/environment.yml')(stack)],
    expected: [['images/lab/environment.yml'], ['lab']],
  },
  {
    key: 'lock.platforms',
    spec: image('lab', 'lock: {platforms: linux-64}'),
    of: lab(({ declared }) => declared.lockPlatforms),
    expected: ['linux-64'],
  },
  {
    key: 'variants',
    spec: image(
      'base',
      'args: {A: 1}, variants: [{name: 3.12, args: {PY: 3.12}}, {name: gpu, tag: cuda, target: one, platforms: linux/amd64, skip: true}, {name: main, tag: ""}]',
    ),
    of: (stack) =>
      stack.images
        .filter(({ path }) => path === 'images/base')
        .map(({ name, tagPrefix, args, target, platforms, skip }) => [name, tagPrefix, args, target, platforms, skip]),
    expected: [
      ['base', '', { A: '1' }, null, [], false],
      ['base/3.12', '3.12-', { A: '1', PY: '3.12' }, null, [], false],
      ['base/gpu', 'cuda-', { A: '1' }, 'one', ['linux/amd64'], true],
    ],
  },
  {
    key: 'skip',
    spec: image('base', 'skip: true'),
    of: (stack) => [imageOf(stack, 'base').skip, rebuilt('images/base/a.txt')(stack)],
    expected: [true, []],
  },
  {
    key: 'test and manifests',
    spec: image('base', 'test: pytest, manifests: [pip list, [conda, list]]'),
    of: base(({ declared }) => [declared.test, declared.manifests]),
    expected: [['pytest'], ['pip list', ['conda', 'list']]],
  },
  {
    key: 'info_cmds and all_info_cmds',
    spec: `all_info_cmds:\n  PIP: {description: Pip, command: pip list}\n  PY: {command: python --version}\n${image('base', 'manifests: x, info_cmds: [PY, PIP]')}`,
    of: base(({ declared }) => declared.manifests),
    expected: ['x', 'python --version', 'pip list'],
  },
  {
    key: 'rebuild of an image, and of all others',
    spec: `rebuild: weekly\n${image('base', 'rebuild: daily')}`,
    of: (stack) => stack.images.map(({ declared }) => declared.rebuild),
    expected: ['daily', 'weekly'],
  },
  {
    key: 'tags and flavor, as a list and as lines',
    spec: 'tags: |\n  # all\n  preset=pangeo\n  type=sha\nimages:\n  base:\n    tags: ["type=raw,value=x"]\n    flavor: latest=true\n',
    of: (stack) => [stack.wording, imageOf(stack, 'base').wording, imageOf(stack, 'lab').wording],
    expected: [
      { tags: ['# all', 'preset=pangeo', 'type=sha', ''], flavor: null, labels: {}, annotations: [] },
      { tags: ['type=raw,value=x'], flavor: ['latest=true'], labels: {}, annotations: [] },
      undefined,
    ],
  },
  {
    key: 'labels and annotations',
    spec: `labels: {a: 1}\n${image('base', `labels: {b: "{{date 'YYYY'}}"}, annotations: ["index:c={{branch}}"]`)}`,
    of: (stack) => [stack.wording?.labels, imageOf(stack, 'base').wording],
    expected: [
      { a: '1' },
      { tags: null, flavor: null, labels: { b: "{{date 'YYYY'}}" }, annotations: ['index:c={{branch}}'] },
    ],
  },
  {
    key: 'ignore',
    spec: 'ignore: ["**/a.txt"]\n',
    of: (stack) => [
      rebuilt('images/base/a.txt')(stack),
      fileRules(stack, imageOf(stack, 'base'), ['images/base/a.txt']),
    ],
    expected: [[], [{ file: 'images/base/a.txt', counts: false, rule: 'ignore in spec.yml' }]],
  },
  { key: 'build_all', spec: 'build_all: Makefile\n', of: rebuilt('Makefile'), expected: ['base', 'lab'] },
]

describe('each key of spec.yml does what docs/spec.md says', () => {
  it.each(rows)('$key', async ({ spec, of, expected }) => {
    expect(of(await stackOf({ ...files, 'images/spec.yml': spec }))).toEqual(expected)
  })

  it('change_ignore.json beside it', async () => {
    const json = JSON.stringify({ ChangeIgnore: ['**/a.txt'], BuildAll: ['Makefile'] })
    const stack = await stackOf({ ...files, 'images/spec.yml': 'images: {}', 'images/change_ignore.json': json })
    expect(rebuilt('images/base/a.txt')(stack)).toEqual([])
    expect(rebuilt('Makefile')(stack)).toEqual(['base', 'lab'])
  })

  // A variant's name stands behind what all tags have: without knowing that, `cuda` would be taken for the plain image.
  it('finds a variant behind the prefix of all tags', async () => {
    const stack = await stackOf({
      'py/Dockerfile': 'FROM x/y\nUSER a\n',
      'app/Dockerfile': 'FROM org/py:2026.3-cuda-main\nUSER a\n',
      'old/Dockerfile': 'FROM org/py:2026.3-main\nUSER a\n',
      'spec.yml': 'tag: {prefix: "2026.3"}\nimages: {py: {variants: [{name: cuda}, {name: plain, tag: ""}]}}\n',
    })
    expect(imageOf(stack, 'app').parents.map((edge) => edge.name)).toEqual(['py/cuda'])
    expect(imageOf(stack, 'old').parents.map((edge) => edge.name)).toEqual(['py'])
  })
})
