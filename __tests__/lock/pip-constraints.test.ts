import { describe, expect, it } from '@jest/globals'
import { providedByConda, pypiNameOf, pythonVersion } from '../../src/lock/pip-constraints.ts'
import type { CondaRecord } from '../../src/lock/types.ts'

function conda(name: string, version: string, depends: readonly string[] = ['python >=3.9']): CondaRecord {
  const rest = {
    build: '0',
    buildNumber: 0,
    subdir: 'noarch',
    url: '',
    md5: null,
    sha256: null,
    constrains: [],
    size: null,
  }
  return { ...rest, name, version, depends, timestamp: null }
}

describe('what conda brings', () => {
  it.each([
    ['pytorch', 'torch'],
    ['dask-core', 'dask'],
    ['jupyter_server', 'jupyter-server'],
    ['ruamel.yaml', 'ruamel-yaml'],
    ['msgpack-python', 'msgpack'],
    // It carries tomli along and is not tomli; nsight-compute carries pip.
    ['flit-core', 'flit-core'],
    ['nsight-compute', 'nsight-compute'],
    ['constructor', 'constructor'],
  ])('%s is %s at PyPI', (name, expected) => expect(pypiNameOf(name)).toBe(expected))

  // Like conda-lock: xxhash is a C library in conda, PyPI's xxhash is conda's python-xxhash.
  it('is Python packages, each once', () => {
    const records = [
      conda('python', '3.12.7', ['openssl']),
      conda('xxhash', '0.8.2', []),
      conda('python-xxhash', '3.5.0', ['python_abi 3.12.*', 'python >=3.12,<3.13.0a0', 'xxhash']),
      conda('matplotlib', '3.9.2'),
      conda('matplotlib-base', '3.9.1'),
      conda('__glibc', '2.28'),
      conda('odd', '9e_f'),
      conda('pythonic', '1', ['pythonic-base']),
    ]
    expect(providedByConda(records).map(({ name, version, conda: from }) => [name, version, from])).toEqual([
      ['xxhash', '3.5.0', 'python-xxhash'],
      ['matplotlib', '3.9.1', 'matplotlib-base'],
    ])
  })

  it.each([
    ['3.12.7', '3.12.7'],
    ['3.14.0rc2', '3.14.0'],
    ['3.13', '3.13'],
  ])('has Python %s, which is asked for as %s', (version, expected) => {
    expect(pythonVersion([conda('pip', '24'), conda('python', version, [])])).toBe(expected)
  })
})
