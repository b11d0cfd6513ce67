import { describe, expect, it } from '@jest/globals'
import { wanted } from '../../src/stack/index.ts'
import type { StackOptions } from '../../src/stack/read-stack.ts'
import { refuseTwins } from '../../src/stack/twins.ts'
import { edgesOf, imageOf, readTree, stackOf, treeOf } from './stacks.ts'

const dockerfile = 'FROM x/y\nUSER a\n'
const names = async (paths: string[], options: Partial<StackOptions> = {}) => {
  const stack = await stackOf(Object.fromEntries(paths.map((path) => [path, dockerfile])), options)
  return [stack.path, ...stack.images.map((image) => image.name).sort()]
}

describe('wanted', () => {
  it.each([
    'Dockerfile',
    'a/b/Dockerfile',
    'dockerfile',
    'Containerfile',
    'x.Dockerfile',
    'x.dockerfile',
    'x.Containerfile',
    'Dockerfile.x',
    'Dockerfile-x',
    'a/.dockerignore',
    'x.Dockerfile.dockerignore',
    'Dockerfile.dockerignore',
    'spec.yml',
    'i/spec.yaml',
    'change_ignore.json',
    'a/conda-lock.yml',
  ])('%s', (path) => {
    expect(wanted(path)).toBe(true)
  })

  it.each([
    'README.md',
    'Dockerfile.j2',
    'Dockerfile.tmpl',
    'Dockerfile.md',
    'Dockerfile~',
    'Dockerfile.x~',
    'Dockerfiles',
    'environment.yml',
    'x.dockerfile.txt',
    'Dockerfile/x',
    'my-dockerfile',
    '.Dockerfile.swp',
  ])('not %s', (path) => {
    expect(wanted(path)).toBe(false)
  })
})

describe('where the images are and what they are called', () => {
  it.each<[string, string[], Partial<StackOptions>, string[]]>([
    ['folders in the root', ['a/Dockerfile', 'b/Containerfile'], {}, ['.', 'a', 'b']],
    ['images/', ['images/a/Dockerfile', 'images/b/c/Dockerfile'], {}, ['images', 'a', 'b/c']],
    ['images/ and others', ['images/a/Dockerfile', 'b/Dockerfile'], {}, ['.', 'b', 'images/a']],
    ['a given path', ['x/a/Dockerfile', 'b/Dockerfile'], { path: './x/' }, ['x', 'a']],
    ['the given path is the image', ['x/a/Dockerfile'], { path: 'x/a' }, ['x/a', 'a']],
    ['the root', ['Dockerfile'], {}, ['.', 'root']],
    [
      'left out',
      [
        'a/Dockerfile',
        'examples/b/Dockerfile',
        'a/tests/Dockerfile',
        '.devcontainer/Dockerfile',
        'node_modules/x/Dockerfile',
        'binder/Dockerfile',
      ],
      {},
      ['.', 'a'],
    ],
    [
      'nothing else is there',
      ['examples/a/Dockerfile', 'examples/b/Dockerfile'],
      {},
      ['.', 'examples/a', 'examples/b'],
    ],
    ['path points into them', ['a/Dockerfile', 'examples/b/Dockerfile'], { path: 'examples' }, ['examples', 'b']],
    ['a name in the file name', ['docker/web.Dockerfile', 'docker/Dockerfile.worker'], {}, ['.', 'web', 'worker']],
    ['beside a plain one it is a variant', ['a/Dockerfile', 'a/cuda.Dockerfile'], {}, ['.', 'a', 'a/cuda']],
    [
      'the same name twice',
      ['a/cpu.Dockerfile', 'b/cpu.Dockerfile', 'b/gpu.Dockerfile'],
      {},
      ['.', 'a/cpu', 'b/cpu', 'gpu'],
    ],
  ])('%s', async (_, paths, options, expected) => {
    expect(await names(paths, options)).toEqual(expected)
  })

  it('leaves out a fragment without FROM, with a note', async () => {
    const stack = await stackOf({ 'a/Dockerfile': dockerfile, 'b/Dockerfile': 'RUN <<E\nFROM x\nE\n' })
    expect(stack.images.map((image) => image.name)).toEqual(['a'])
    expect(stack.notes).toEqual([{ path: 'b/Dockerfile', line: null, text: expect.stringMatching(/fragment/) }])
  })

  it('publishes under the last folder, a variant as a tag prefix', async () => {
    const paths = [
      'g/torch/Dockerfile',
      'g/torch/cuda12/Dockerfile',
      'g/torch/cuda12/dev/Dockerfile',
      'g/torch/x/y/Dockerfile',
    ]
    const stack = await stackOf(Object.fromEntries(paths.map((path) => [path, dockerfile])))
    expect(stack.images.map((image) => `${image.repository}:${image.tagPrefix}`)).toEqual([
      'torch:',
      'torch:cuda12-',
      'torch:cuda12-dev-',
      'y:',
    ])
  })

  it.each([
    ['two of one name', ['a/Dockerfile', 'a.Dockerfile'], /a\/Dockerfile and a.Dockerfile have the name a$/],
    ['two that differ in capitals', ['X/Dockerfile', 'x/Dockerfile'], /X\/Dockerfile and x\/Dockerfile/],
  ])('%s', async (_, paths, message) => {
    await expect(names(paths)).rejects.toMatchObject({ code: 'stack', message: expect.stringMatching(message) })
  })

  it.each<[string, string[], string[]]>([
    ['versions in folders are tags', ['py/3.12/Dockerfile', 'py/v3.13/Dockerfile'], ['py:3.12-', 'py:v3.13-']],
    ['a version alone in the root is a name', ['8/Dockerfile', '3scale/Dockerfile'], ['3scale:', '8:']],
    ['flavours of versions', ['22/slim/Dockerfile', '24/slim/Dockerfile'], ['slim:', 'slim:']],
    ['capitals that nothing refers to', ['NodeBase/Dockerfile'], ['nodebase:']],
  ])('%s', async (_, paths, expected) => {
    const stack = await stackOf(Object.fromEntries(paths.map((path) => [path, dockerfile])))
    expect(stack.images.map((image) => `${image.repository}:${image.tagPrefix}`)).toEqual(expected)
  })

  it('divides capitals as the stack’s own references do', async () => {
    const stack = await stackOf({
      'NodeBase/Dockerfile': dockerfile,
      'NodeFirefox/Dockerfile': 'ARG ORG=org\nFROM ${ORG}/node-base:1\nUSER a\n',
    })
    expect(stack.images.map((image) => image.repository)).toEqual(['node-base', 'node-firefox'])
    expect(edgesOf(stack)).toEqual(['NodeFirefox < NodeBase FROM*'])
  })

  it('plans two folders of one name, and notes that they would overwrite each other', async () => {
    const stack = await stackOf({ 'a/x/Dockerfile': dockerfile, 'b/x/Dockerfile': dockerfile })
    expect(stack.order).toEqual(['a/x', 'b/x'])
    expect(stack.notes[0]?.text).toMatch(/a\/x\/Dockerfile and b\/x\/Dockerfile would be published as x\..*b-x/)
    expect(() => refuseTwins(stack.images)).toThrow(/would be published as x$/)
    const spec = (text: string) => ({
      'a/x/Dockerfile': dockerfile,
      'b/x/Dockerfile': dockerfile,
      'spec.yml': `images: {b/x: {${text}}}`,
    })
    refuseTwins((await stackOf(spec('tag: b'))).images)
    refuseTwins((await stackOf(spec('registry: ghcr.io/other'))).images)
    await expect(stackOf(spec('name: x'))).rejects.toMatchObject({ code: 'stack' })
  })

  it('leaves an editor’s container out, except where the stack is made of them', async () => {
    const containers = ['cpp', 'go', 'rust'].map((name) => `src/${name}/.devcontainer/Dockerfile`)
    expect(await names([...containers, '.devcontainer/Dockerfile', 'tools/x.Dockerfile'])).toEqual([
      '.',
      'root',
      'src/cpp',
      'src/go',
      'src/rust',
      'x',
    ])
    expect(await names(['a/Dockerfile', 'a/.devcontainer/Dockerfile', '.gitpod.Dockerfile'])).toEqual(['.', 'a'])
  })

  it('takes Dockerfile before Containerfile', async () => {
    const stack = await readTree(treeOf({ 'x/Dockerfile': dockerfile }, ['x/Containerfile']))
    expect(stack.images.map((image) => image.dockerfile)).toEqual(['x/Dockerfile'])
    expect(stack.notes[0]?.path).toBe('x/Containerfile')
  })

  it('publishes capitals in small letters, with a note', async () => {
    const stack = await stackOf({ 'ML/Dockerfile': dockerfile })
    expect(imageOf(stack, 'ML').repository).toBe('ml')
    expect(stack.notes[0]?.text).toMatch(/small letters/)
  })

  it.each([
    [
      'a link as Dockerfile',
      treeOf({ 'a/Dockerfile': dockerfile }, ['b/Dockerfile']),
      {},
      'stack',
      /b\/Dockerfile is not read: it is a symlink/,
    ],
    [
      'path is a link',
      treeOf({ 'a/Dockerfile': dockerfile }, ['ml']),
      { path: 'ml' },
      'input',
      /ml is a symbolic link/,
    ],
    [
      'path through a link',
      treeOf({ 'a/Dockerfile': dockerfile }, ['ml']),
      { path: 'ml/x' },
      'input',
      /ml is a symbolic link/,
    ],
    ['path is a submodule', treeOf({ 'a/Dockerfile': dockerfile }, [], ['sub']), { path: 'sub' }, 'input', /submodule/],
    [
      'path is not there',
      treeOf({ 'images/a/Dockerfile': dockerfile }),
      { path: 'image' },
      'input',
      /no folder "image"/,
    ],
    ['path leaves the repository', treeOf({ 'a/Dockerfile': dockerfile }), { path: '../a' }, 'input', /outside/],
    ['absolute path', treeOf({ 'a/Dockerfile': dockerfile }), { path: '/a' }, 'input', /outside/],
  ])('%s', async (_, tree, options, code, message) => {
    await expect(readTree(tree, options)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  it('suggests the folder that is like the one that is not there', async () => {
    await expect(stackOf({ 'images/a/Dockerfile': dockerfile }, { path: 'image' })).rejects.toMatchObject({
      details: expect.arrayContaining(['Did you mean images?']),
    })
  })

  it('does not look into links and submodules beside the images', async () => {
    const stack = await readTree(treeOf({ 'a/Dockerfile': dockerfile }, ['.binder', 'x/y'], ['sub']))
    expect(stack.images.map((image) => image.name)).toEqual(['a'])
    expect(stack.notes.map((note) => note.path)).toEqual(['.binder', 'sub'])
  })
})
