import { beforeAll, describe, expect, it } from '@jest/globals'
import { renderExplicit } from '../../src/lock/explicit.ts'
import { readLock } from '../../src/lock/read-lock.ts'
import { toLock } from '../../src/lock/to-lock.ts'
import type { CondaRecord, LockSpec, PipRecord, Spec } from '../../src/lock/types.ts'
import { writeLock } from '../../src/lock/write-lock.ts'
import { type Answers, askCondaLock } from './conda-lock/index.ts'
import { realLock } from './real-locks.ts'

const real = ['1.4', '2.0-pip', 'base-notebook'].map((name) => realLock(name).lock)
const rewritten = real.map((text) => writeLock(readLock(text)))

interface Case {
  readonly specs: readonly Spec[]
  readonly conda: readonly CondaRecord[]
  readonly pip: readonly PipRecord[]
}

/** `a -> b c` lines: what needs what; `name@category` what is asked for. */
function caseOf(asked: string, condaGraph: string[], pipGraph: string[] = []): Case {
  const parts = (line: string) => line.split(/\s+->\s+/) as [string, string?]
  const specs = asked.split(' ').map((text) => {
    const [, pip, name = '', category = 'main'] = /^(pip:)?([^@]+)(?:@(.*))?$/.exec(text) ?? []
    const common = { name, version: '', category, origin: { file: 'environment.yml', line: 1 } }
    return pip
      ? { ...common, manager: 'pip' as const, extras: [], url: null, markers: null, hash: null }
      : { ...common, manager: 'conda' as const, build: null, condaChannel: null, subdirectory: null }
  })
  const conda = condaGraph.map(parts).map(([name, depends = '']) => ({
    ...{
      name,
      version: '1.10',
      build: 'py_0',
      buildNumber: 0,
      subdir: 'noarch',
      md5: `1${'0'.repeat(31)}`,
      sha256: 'b'.repeat(64),
    },
    ...{ depends: depends.split(', ').filter(Boolean), constrains: [], size: 1, timestamp: 0 },
    url: `https://conda.anaconda.org/conda-forge/noarch/${name}-1.10-py_0.conda`,
  }))
  const pip = pipGraph.map(parts).map(([name, needs = '']) => ({
    ...{
      name,
      version: '2.0',
      url: `https://files.pythonhosted.org/${name}-2.0-py3-none-any.whl`,
      sha256: 'c'.repeat(64),
    },
    dependencies: Object.fromEntries(
      needs
        .split(', ')
        .filter(Boolean)
        .map((needed) => [needed, '>=1.0']),
    ),
  }))
  return { specs, conda, pip }
}

const linux = caseOf(
  'python app black@dev sphinx@docs pip:top pip:lint@dev pip:tool@all',
  [
    'python -> __glibc >=2.17,<3.0.a0, libx 1.*, libx >=1.2',
    'libx',
    'app -> python, b_c ==1.0 py_*',
    'b_c -> app',
    'black -> click',
    'sphinx -> click, __unix',
    'click',
    'stray',
    'extension -> deep',
    'deep',
  ],
  ['top -> ext-on-pypi, sub-part', 'sub-part', 'lint -> click, helper', 'tool -> helper', 'helper'],
)
const mac = caseOf('python app', ['python -> __osx >=11.0', 'app -> python >=3.1'])
const pypiNames = { extension: 'ext-on-pypi' }

function specOf(cases: Record<string, Case>): LockSpec {
  const specs = Object.fromEntries(Object.entries(cases).map(([platform, { specs }]) => [platform, specs]))
  const channels = [{ url: 'conda-forge', usedEnvVars: [] }]
  const sources = ['a/environment.yml', 'base/environment.yml']
  return { sources, channels, platforms: Object.keys(cases), specs, virtualPackages: {}, pipRepositories: [] }
}

const hash = (letter: string) => letter.repeat(64)
const first = {
  cases: { 'osx-64': mac, 'linux-64': linux },
  old: null,
  contentHash: { 'osx-64': hash('d'), 'linux-64': hash('e') },
}
const made = makeByUs(first)
const second = {
  cases: { 'linux-64': mac },
  old: made.replace('  - environment.yml', '  - old.yml'),
  contentHash: { 'linux-64': hash('f') },
}
const questions = [first, second, { ...first, old: realLock('base-notebook').lock }]

function makeByUs({ cases, old, contentHash }: typeof first | typeof second): string {
  const lock = toLock({
    ...{ spec: specOf(cases), folder: 'a', solved: cases, contentHash },
    old: old === null ? null : readLock(old),
    pypiNames: new Map(Object.entries(pypiNames)),
  })
  return writeLock(lock)
}

/** The same question in conda-lock's words. */
function makeByThem({ cases, old, contentHash }: typeof first | typeof second) {
  const solved = Object.entries(cases).map(([platform, { specs, conda, pip }]) => [
    platform,
    { specs: specs.map(({ name, manager, category }) => ({ name, manager, category, version: '' })), conda, pip },
  ])
  const metadata = {
    content_hash: contentHash,
    channels: ['conda-forge'],
    platforms: Object.keys(cases),
    sources: ['environment.yml', '../base/environment.yml'],
  }
  return { solved: Object.fromEntries(solved), metadata, old, pypiNames }
}

const renders = [
  ...[true, false].flatMap((dev) =>
    [[], ['docs'], ['docs', 'all']].map((extras) => ({ text: made, platform: 'linux-64', dev, extras })),
  ),
  ...['osx-arm64', 'linux-aarch64'].map((platform) => ({
    text: realLock('base-notebook').lock,
    platform,
    dev: true,
    extras: [],
  })),
]

describe('beside conda-lock 4.0.3', () => {
  let answers: Answers
  beforeAll(async () => {
    answers = await askCondaLock({
      rewrite: [...real, ...rewritten, made],
      render: renders,
      make: questions.map(makeByThem),
    })
  }, 300_000)

  // The layout of today from locks of every generation: what conda-lock reads and writes again is what we write.
  it('it reads real locks and what we wrote, and writes each as we do', () => {
    expect(answers.rewritten).toEqual([...rewritten, ...rewritten, made])
  })

  it('it renders explicit locks as we do: pip packages, dev, further categories, several platforms', () => {
    const ours = renders.map(({ text, platform, ...rendering }) => renderExplicit(readLock(text), platform, rendering))
    expect(ours).toEqual(answers.rendered)
    expect(new Set(ours).size).toBe(ours.length)
  })

  it('it makes the same lock of the same solved packages: fresh, of one platform again, over a real one', () => {
    expect(questions.map(makeByUs)).toEqual(answers.made)
  })
})
