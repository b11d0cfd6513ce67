import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json } from './flow.ts'
import { firstError, imageErrors, openSmallStage, startTestWorld } from './small-stack.ts'

// The first start installs Python in an image, which takes a minute; it is kept.
jest.setTimeout(20 * 60_000)

const images = path.join(import.meta.dirname, '../../sandbox/world/images')

let world: World
beforeAll(async () => {
  world = await startTestWorld({
    images: ['pytest', 'scanner'].map((name) => ({ ref: `sandbox/${name}:1`, context: path.join(images, name) })),
  })
})
afterAll(async () => await world?.stop())

const notebook = (...sources: readonly string[]) =>
  JSON.stringify({
    cells: sources.map((source, at) => ({
      ...{ cell_type: 'code', id: `cell-${at}`, execution_count: null, metadata: {}, outputs: [], source },
    })),
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    ...{ nbformat: 4, nbformat_minor: 5 },
  })

const good = [
  'import getpass, pathlib, pytest',
  'def test_user(): assert getpass.getuser() == "jovyan"',
  'def test_home(tmp_path): (tmp_path / "x").write_text("x"); (pathlib.Path.home() / "y").write_text("y")',
  '@pytest.mark.skip(reason="later")',
  'def test_later(): pass',
  '',
].join('\n')
const bad = 'def test_sum():\n    assert 1 + 1 == 3, "a <b>sum</b>"\n\ndef test_fine(): pass\n'

const files = {
  'images/good/Dockerfile': 'FROM sandbox/pytest:1\n',
  'images/good/tests/test_good.py': good,
  'images/good/tests/more/test_deeper.py': 'def test_deeper(): pass\n',
  'images/good/tests/good.ipynb': notebook('x = 1', 'import socket; assert x + 1 == 2'),
  'images/bad/Dockerfile': 'FROM sandbox/pytest:1\nRUN touch ~/bad\n',
  'images/bad/tests/test_bad.py': bad,
  'images/bad/tests/bad.ipynb': notebook('print("so far")', 'raise ValueError("this cell raises")'),
} as const

describe('Python’s own tools in an image', () => {
  let stage: Stage
  let played: Played
  beforeAll(async () => {
    stage = await openSmallStage(world, files)
    played = await stage.push({ files: { 'README.md': '1' } })
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  const of = async (name: string) => {
    const report = json(await readFile(played.outputs.report ?? '', 'utf8'))
    return report.images.find((image: { name: string }) => image.name === name)
  }

  it('run its files of pytest and its notebooks, and their JUnit is read', async () => {
    const { outcome, tests, manifest } = await of('good')
    expect([outcome, tests.notes]).toEqual(['built', []])
    expect(tests.cases.map(({ kind, name, outcome }: Record<string, string>) => [kind, name, outcome])).toEqual([
      ['pytest', 'pytest', 'passed'],
      ['notebook', 'good.ipynb', 'passed'],
    ])
    expect(tests.cases[0].reported).toEqual({ passed: 3, failed: 0, skipped: 1, failures: [] })
    expect(manifest.python).toMatch(/^3\.\d+\.\d+/)
    const names = (manager: string) => manifest.packages[manager].map(({ name }: { name: string }) => name)
    expect(names('pip')).toEqual(expect.arrayContaining(['ipykernel', 'nbclient', 'pytest']))
    expect(names('apt')).toContain('python3-pytest')
  })

  it('tell which case failed, and with which words a notebook', async () => {
    const { outcome, tests } = await of('bad')
    expect(outcome).toBe('failed')
    const [pytest, executed] = tests.cases
    expect([pytest.outcome, pytest.reason]).toEqual(['failed', 'it ended with exit code 1: 1 of 2 cases failed'])
    expect(pytest.reported.failures).toEqual([
      { name: 'test_bad.test_sum', message: expect.stringContaining('a <b>sum</b>') },
    ])
    expect([executed.name, executed.outcome]).toEqual(['bad.ipynb', 'failed'])
    expect(executed.tail.join('\n')).toContain('ValueError: this cell raises')
    expect(imageErrors(played).join()).toMatch(/^2 of 2 tests failed: pytest \(and 1 more\): it ended with exit code 1/)
    expect((await stage.tags()).bad).toBeUndefined()
  })
})

describe('an SBOM', () => {
  const accept = ['index', 'manifest'].map((kind) => `application/vnd.oci.image.${kind}.v1+json`).join(', ')

  it('that is asked for is in the index that is pushed, and has all tags of it', async () => {
    await using stage = await openSmallStage(world, {
      'images/base/Dockerfile': 'FROM busybox\nRUN touch /a-file-of-base\n',
      'images/spec.yml': 'images: {base: {test: test -f /a-file-of-base}}\n',
    })
    const inputs = { sbom: 'generator=sandbox/scanner:1' }
    const played = await stage.push({ files: { 'README.md': '1' } }, { inputs })
    const released = await stage.tag('v1.0.0')
    expect([firstError(played), firstError(released)]).toEqual(['', ''])
    const { base: tags } = await stage.tags()
    expect(new Set([tags?.main, tags?.[played.sha7], tags?.['v1.0.0'], tags?.latest])).toEqual(new Set([tags?.main]))
    const [registry, ...name] = `${stage.prefix}/base`.split('/')
    const get = async (what: string) => {
      const response = await fetch(`http://${registry}/v2/${name.join('/')}/${what}`, { headers: { accept } })
      return json(await response.text())
    }
    const { manifests } = await get(`manifests/${tags?.main}`)
    const [attached] = manifests.filter(
      ({ annotations }: { annotations?: Record<string, string> }) =>
        annotations?.['vnd.docker.reference.type'] === 'attestation-manifest',
    )
    const { layers } = await get(`manifests/${attached?.digest}`)
    const [document] = layers.filter(
      ({ annotations }: { annotations?: Record<string, string> }) =>
        annotations?.['in-toto.io/predicate-type'] === 'https://spdx.dev/Document',
    )
    const { predicate, subject } = await get(`blobs/${document?.digest}`)
    expect(predicate.packages.map(({ name }: { name: string }) => name)).toContain('a-file-of-base')
    const [image] = manifests.filter(({ platform }: { platform: { os: string } }) => platform.os === 'linux')
    expect(subject[0].digest.sha256).toBe(image.digest.replace('sha256:', ''))
    expect(played.log).not.toContain('so its tests run again')
  })
})
