import { describe, expect, it } from '@jest/globals'
import { edgesOf, imageOf, readTree, stackOf, treeOf } from './stacks.ts'

const from = (reference: string) => `FROM ${reference}\nRUN true\n`

describe('three stacks as they are', () => {
  it('finds the sources that conda-lock 1 wrote as paths of another machine', async () => {
    const sources = [
      '/home/runner/work/r/r/base/environment.yml',
      '/home/x/gone.yml',
      '/home/runner/work/r/r/a/environment.yml',
    ]
    const stack = await stackOf({
      'a/Dockerfile': from('debian'),
      'a/environment.yml': '',
      'a/conda-lock.yml': `metadata:\n  sources:\n${sources.map((source) => `  - ${source}\n`).join('')}package:\n`,
      'base/environment.yml': '',
      'environment.yml': '',
    })
    expect(imageOf(stack, 'a').lockSources).toEqual(['base/environment.yml', 'a/environment.yml'])
  })

  it('a base with ONBUILD and folders in the root, one tag argument', async () => {
    const child = 'ARG BASE_TAG=master\nFROM org/base-image:${BASE_TAG}\n'
    const lock = (...sources: string[]) =>
      `version: 1\nmetadata:\n  channels:\n  - url: conda-forge\n  sources:\n${sources.map((source) => `  - ${source}\n`).join('')}package:\n- name: x\n`
    const stack = await stackOf({
      'base-image/Dockerfile': 'FROM ubuntu:24.04\nONBUILD COPY --chown=1:1 . /home\nONBUILD RUN ls\nRUN true\n',
      'base-notebook/Dockerfile': child,
      'base-notebook/conda-lock.yml': lock('environment.yml'),
      'ml-notebook/Dockerfile': child,
      'ml-notebook/conda-lock.yml': lock('environment.yml', '../base-notebook/environment.yml'),
      'docs/x/Dockerfile': from('a'),
    })
    expect(stack.path).toBe('.')
    expect(stack.order).toEqual(['base-image', 'base-notebook', 'ml-notebook'])
    expect(edgesOf(stack)).toEqual(['base-notebook < base-image FROM*', 'ml-notebook < base-image FROM*'])
    const notebook = imageOf(stack, 'ml-notebook')
    expect(notebook.lockSources).toEqual(['ml-notebook/environment.yml', 'base-notebook/environment.yml'])
    expect(notebook.reads.all).toBe(true)
    expect(notebook.parents[0]?.references).toEqual(['org/base-image:master'])
    expect(imageOf(stack, 'base-image')).toMatchObject({
      external: ['ubuntu:24.04'],
      base: 'ubuntu:24.04',
      reads: { all: false, patterns: [] },
    })
    expect(stack.notes.map((note) => note.path)).toEqual(['docs/x/Dockerfile'])
  })

  it('spec.yml and change_ignore.json in images/, an image FROM an external one of its own name', async () => {
    const stack = await stackOf({
      'images/spec.yml':
        'root: datascience\nimages:\n  datascience:\n    image_name: ghcr.io/org/datascience\n    build_args: {PY: 3.10}\n    info_cmds: [A]\n  rstudio:\n    image_name: ghcr.io/org/rstudio\n    depend_on: datascience\n    prune: true\ntag:\n  prefix: "2026.3"\nall_info_cmds: {A: {command: x}}\n',
      'images/change_ignore.json': '{"ChangeIgnore": ["*.md"], "BuildAll": ["common"]}',
      'images/datascience/Dockerfile':
        'ARG PY=3.11\nFROM quay.io/jupyter/datascience:$PY\nCOPY /scripts /x\nCOPY t/* /y\n',
      'images/datascience/scripts/a': '',
      'images/datascience/t/a': '',
      'images/rstudio/Dockerfile': 'ARG TAG=latest\nFROM ghcr.io/org/datascience:${TAG}\nCOPY ./lib ./test /x/\n',
      'images/rstudio/lib/a': '',
      'images/rstudio/test/a': '',
      'tests/test.Dockerfile': from('b'),
    })
    expect(stack).toMatchObject({ path: 'images', spec: 'images/spec.yml', ignore: ['*.md'], buildAll: ['common'] })
    expect(stack.order).toEqual(['datascience', 'rstudio'])
    expect(imageOf(stack, 'datascience')).toMatchObject({
      external: ['quay.io/jupyter/datascience:3.10'],
      parents: [],
      args: { PY: '3.10' },
      reads: { patterns: ['scripts', 't/*'] },
    })
    expect(edgesOf(stack)).toEqual(['rstudio < datascience FROM*'])
  })

  it('a reference built of three arguments, variants in folders, a root image chosen by an argument', async () => {
    const child = (parent: string) =>
      `ARG REGISTRY=quay.io\nARG OWNER=org\nARG BASE_IMAGE=$REGISTRY/$OWNER/${parent}\nFROM $BASE_IMAGE\nUSER x\n`
    const stack = await stackOf({
      'images/foundation/Dockerfile':
        'ARG ROOT_IMAGE=default_root\nFROM ubuntu:24.04@sha256:aa AS default_root\nFROM mamba:2 AS mamba\nFROM $ROOT_IMAGE\nRUN --mount=type=bind,from=mamba,source=/m,target=/m true\n',
      'images/scipy/Dockerfile': child('foundation'),
      'images/torch/Dockerfile': child('scipy'),
      'images/torch/cuda12/Dockerfile': child('scipy'),
      'images/app/Dockerfile': child('torch:cuda12-latest'),
      'images/lab/Dockerfile': child('torch'),
      '.devcontainer/Dockerfile': from('x'),
      'binder/Dockerfile': child('scipy:2026@sha256:bb'),
    })
    expect(stack.path).toBe('images')
    expect(edgesOf(stack)).toEqual([
      'app < torch/cuda12 FROM*',
      'lab < torch FROM*',
      'scipy < foundation FROM*',
      'torch < scipy FROM*',
      'torch/cuda12 < scipy FROM*',
    ])
    expect(imageOf(stack, 'torch/cuda12')).toMatchObject({ repository: 'torch', tagPrefix: 'cuda12-' })
    expect(imageOf(stack, 'foundation')).toMatchObject({
      external: ['ubuntu:24.04@sha256:aa', 'mamba:2'],
      base: 'ubuntu:24.04@sha256:aa',
      parents: [],
    })
    expect(stack.order).toEqual(['foundation', 'scipy', 'torch', 'lab', 'torch/cuda12', 'app'])
  })
})

describe('readStack', () => {
  it('takes build arguments over spec.yml and over defaults', async () => {
    const files = {
      'a/Dockerfile': from('ubuntu'),
      'b/Dockerfile': from('ubuntu'),
      'c/Dockerfile': 'ARG P=a\nFROM org/$P\nCOPY x /\n',
      'c/x': '',
      'spec.yml': 'images: {c: {args: {P: b}}}',
    }
    expect(edgesOf(await stackOf(files))).toEqual(['c < b FROM*'])
    expect(edgesOf(await stackOf(files, { buildArgs: { P: 'a' } }))).toEqual(['c < a FROM*'])
  })

  it('gives a cycle as a path and nothing else', async () => {
    const files = {
      'a/Dockerfile': from('org/c'),
      'b/Dockerfile': from('org/a'),
      'c/Dockerfile': from('org/b'),
      'd/Dockerfile': from('org/a'),
    }
    await expect(stackOf(files)).rejects.toMatchObject({
      code: 'stack',
      message: expect.stringMatching(/a → c → b → a$/),
    })
  })

  it('says what an empty repository lacks', async () => {
    await expect(stackOf({ 'README.md': '' })).rejects.toMatchObject({
      code: 'stack',
      message: expect.stringMatching(/no image/),
    })
  })

  it('takes ONBUILD of a parent once, in the child only, with its own parents', async () => {
    const stack = await stackOf({
      'tools/Dockerfile': from('ubuntu'),
      'base/Dockerfile': 'FROM ubuntu\nONBUILD COPY setup /x\nONBUILD COPY --from=org/tools /t /t\n',
      'child/Dockerfile': 'FROM org/base\nCOPY own /y\n',
      'child/setup': '',
      'child/own': '',
      'grand/Dockerfile': 'FROM org/child\nCOPY own /y\n',
      'grand/own': '',
    })
    expect(imageOf(stack, 'child').reads.patterns).toEqual(['setup', 'own'])
    expect(imageOf(stack, 'grand').reads.patterns).toEqual(['own'])
    expect(imageOf(stack, 'base').reads.patterns).toEqual([])
    expect(edgesOf(stack)).toEqual(['child < base FROM*', 'child < tools COPY', 'grand < child FROM*'])
  })

  it('guesses ONBUILD where a Dockerfile is nothing but FROM an image from outside', async () => {
    const stack = await stackOf({
      'a/Dockerfile': 'ARG T=1\nFROM x/y:$T\n',
      'b/Dockerfile': 'FROM x/y:onbuild\nUSER a\n',
      'c/Dockerfile': from('x/y'),
    })
    expect(stack.images.map((image) => image.reads.all)).toEqual([true, true, false])
  })

  it('finds the context by the sources of COPY', async () => {
    const stack = await stackOf({
      'images/a/Dockerfile': 'FROM x/y\nCOPY images/a/start images/shared/*.sh /\n',
      'images/a/start': '',
      'images/shared/x.sh': '',
      'images/b/Dockerfile': 'FROM x/y\nCOPY shared/x.sh /\n',
      'images/c/Dockerfile': 'FROM x/y\nCOPY start made-later /\n',
      'images/c/start': '',
    })
    expect(stack.images.map((image) => image.context)).toEqual(['.', 'images', 'images/c'])
    expect(stack.notes.find((note) => note.path === 'images/c/Dockerfile')?.text).toMatch(
      /made-later.*not in the repository/,
    )
  })

  it('finds a folder named context', async () => {
    const stack = await stackOf({
      'a/b/Dockerfile': 'FROM x/y\nCOPY conf start /\n',
      'context/conf': '',
      'context/start': '',
    })
    expect(imageOf(stack, 'a/b').context).toBe('context')
  })

  it('takes NAME_TAG.Dockerfile as tags of one name where there are several', async () => {
    const stack = await stackOf({
      'dockerfiles/verse_4.5.Dockerfile': from('x/y'),
      'dockerfiles/verse_4.6.Dockerfile': from('x/y'),
      'dockerfiles/one_4.6.Dockerfile': from('x/y'),
      'dockerfiles/geo-dev.Dockerfile': from('org/verse:4.6'),
    })
    expect(stack.images.map((image) => [image.name, image.repository, image.tagPrefix])).toEqual([
      ['geo-dev', 'geo-dev', ''],
      ['one_4.6', 'one_4.6', ''],
      ['verse_4.5', 'verse', '4.5-'],
      ['verse_4.6', 'verse', '4.6-'],
    ])
    expect(edgesOf(stack)).toEqual(['geo-dev < verse_4.6 FROM*'])
  })

  it('says so where a reference is nothing without a build argument', async () => {
    for (const from of ['${I}:$V', '<base>', '$I', 'x/$I', '"a b"', '@sha256:aa']) {
      const stack = await stackOf({ 'a/Dockerfile': `ARG I\nARG V=1\nFROM ${from}\nUSER a\n` })
      expect(imageOf(stack, 'a')).toMatchObject({ external: [], base: null })
      expect(stack.notes).toEqual([{ path: 'a/Dockerfile', line: 3, text: expect.stringMatching(/no value/) }])
    }
  })

  it('reads for every platform that a Dockerfile asks for', async () => {
    const dockerfile =
      'FROM org/one AS base-amd64\nFROM org/two AS base-arm64\nFROM base-${TARGETARCH}\nARG TARGETARCH\nCOPY bin-$TARGETARCH /\n'
    const files = { 'one/Dockerfile': from('u/v'), 'two/Dockerfile': from('u/v'), 'x/Dockerfile': dockerfile }
    const stack = await stackOf(files)
    expect(edgesOf(stack)).toEqual(['x < one FROM*', 'x < two FROM'])
    expect(imageOf(stack, 'x').reads.patterns).toEqual(['bin-amd64', 'bin-arm64'])
    const arm = await stackOf({ ...files, 'spec.yml': 'images: {x: {platforms: linux/arm64}}' })
    expect(edgesOf(arm)).toEqual(['x < two FROM*'])
  })

  it('counts the whole context where COPY names a link', async () => {
    const files = {
      'a/Dockerfile': 'FROM x/y\nCOPY data/x lib /\n',
      'b/Dockerfile': 'FROM x/y\nCOPY lib /\n',
      'b/lib/a': '',
    }
    const stack = await readTree(treeOf(files, ['a/data', 'b/other']))
    expect(stack.images.map((image) => image.reads.all)).toEqual([true, false])
  })

  it('has the ignore file that BuildKit takes', async () => {
    const stack = await stackOf({
      'a/Dockerfile': from('x/y'),
      'a/Dockerfile.dockerignore': 'own',
      'a/.dockerignore': 'common',
      'b/Dockerfile': from('x/y'),
      'b/.dockerignore': '/common/',
      'c/Dockerfile': from('x/y'),
    })
    expect(stack.images.map((image) => image.reads.ignore)).toEqual([['own'], ['common'], null])
  })

  it('reads hostile names and contents without harm', async () => {
    const stack = await stackOf({
      'a/Dockerfile':
        'FROM x/y\nCOPY __proto__ constructor /\nARG __proto__=1 constructor=2\nENV toString=$constructor\nCOPY $toString $valueOf /\n',
      'a/__proto__': '',
    })
    expect(imageOf(stack, 'a').reads).toMatchObject({ all: true, patterns: ['__proto__', 'constructor', '2'] })
    for (const folder of ['a b', 'ä', 'a\nb', '-x', '..a', '$(x)', 'a..b', 'x'.repeat(300)]) {
      await expect(stackOf({ [`${folder}/Dockerfile`]: from('x/y') })).rejects.toMatchObject({ code: 'stack' })
    }
  })
})
