import { describe, expect, it } from '@jest/globals'
import { readManifest } from '../../src/check/manifest.ts'
import { manifestPage, manifestsPart } from '../../src/report/manifests.ts'
import type { ImageResult, RunResult } from '../../src/report/types.ts'

const read = (files: Readonly<Record<string, string>>, commands: readonly string[] = []) =>
  readManifest(new Map(Object.entries(files)), commands)

describe('readManifest', () => {
  it('reads what the tools of an image print', () => {
    const manifest = read(
      {
        system: 'NAME="Ubuntu"\nPRETTY_NAME="Ubuntu 24.04.1 LTS"\n',
        python: 'Python 3.12.4\n',
        conda:
          'numpy-2.1.0-py312h1_0.json\n_libgcc_mutex-0.1-conda_forge.json\npy-opencv-4.9.0-qt6_py311h_0.json\nhistory\n',
        pip: '[["Zarr","3.0"],["a-b","1"],["a-b","1"],["",""],["x",null],4]',
        apt: 'bash\t5.2\nlibc6:amd64\t2.39-0ubuntu8\n\nbroken\n',
        'command-1': 'hello\n',
        'command-1.status': '0',
        'command-2.status': 'x',
      },
      ['echo hello', 'false'],
    )
    expect(manifest).toEqual({
      system: 'Ubuntu 24.04.1 LTS',
      python: '3.12.4',
      cuda: null,
      packages: {
        conda: [
          { name: '_libgcc_mutex', version: '0.1', build: 'conda_forge' },
          { name: 'numpy', version: '2.1.0', build: 'py312h1_0' },
          { name: 'py-opencv', version: '4.9.0', build: 'qt6_py311h_0' },
        ],
        pip: [
          { name: 'Zarr', version: '3.0' },
          { name: 'a-b', version: '1' },
        ],
        apt: [
          { name: 'bash', version: '5.2' },
          { name: 'libc6:amd64', version: '2.39-0ubuntu8' },
        ],
      },
      commands: [
        { command: 'echo hello', status: 0, output: 'hello\n' },
        { command: 'false', status: null, output: '' },
      ],
    })
  })

  it.each([
    ['the toolkit', { nvcc: 'Cuda compilation tools, release 12.4, V12.4.131', cuda: '12.1' }, '12.4'],
    ['the variable of NVIDIA’s images', { cuda: '12.6.2' }, '12.6.2'],
    ['conda’s package', { conda: 'cuda-version-12.8-h5d125a7_3.json' }, '12.8'],
    ['none', {}, null],
  ])('knows CUDA by %s', (_title, files, cuda) => {
    expect(read(files as unknown as Record<string, string>).cuda).toBe(cuda)
  })

  it('is empty where an image has no tool, or one that prints anything', () => {
    expect(read({}).packages).toEqual({})
    expect(read({ pip: 'pip 24', apk: 'musl-1.2.5-r0\nodd\n' }).packages).toEqual({
      apk: [{ name: 'musl', version: '1.2.5-r0' }],
    })
  })
})

it('shows hostile text as text', () => {
  const manifest = read({ apt: '<img src=x>\t1\n', 'command-1': '```\n# no heading\n' }, ['echo `x` | tee'])
  const image = { name: 'a|b', digest: 'sha256:1', tags: [], manifest } as unknown as ImageResult
  const page = manifestPage(image, manifest)
  expect(page).toMatch(/^````\n```\n# no heading/m)
  expect(manifestsPart({ images: [image] } as unknown as RunResult)).toContain('| a&#124;b | 1 |')
})
