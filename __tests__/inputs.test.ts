import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { ActionError, messageOf } from '../src/errors.ts'
import { booleanInputs, type InputName, type Inputs, inputNames } from '../src/inputs.ts'
import { createInputs, readInputs } from './helpers/inputs.ts'

const action: { inputs: Record<string, { description?: string; default?: unknown }> } = parse(
  readFileSync(new URL('../action.yml', import.meta.url), 'utf8'),
)

describe('action.yml', () => {
  it('has the inputs that are read, in their order', () => {
    expect(Object.keys(action.inputs)).toEqual([...inputNames])
  })

  it.each(inputNames)('%s has a description with an example, and a default', (name) => {
    const input = action.inputs[name]
    expect(input?.description).toMatch(/\S[\s\S]*Example: [^`\n]*`[^`]+`/)
    expect(typeof input?.default).toBe('string')
  })

  it.each(inputNames)('the example of %s is a value of it', (name) => {
    const example = /Example: [^`\n]*`([^`]+)`/.exec(action.inputs[name]?.description ?? '')?.[1] ?? ''
    const registry = name === 'push' ? 'quay.io/pangeo' : ''
    expect(() => readInputs({ registry, [name]: example.replace(/\$\{\{.*?\}\}/, 'value') })).not.toThrow()
  })

  it('its defaults are those of a step that sets nothing', () => {
    const defaults = Object.fromEntries(inputNames.map((name) => [name, String(action.inputs[name]?.default)]))
    expect(readInputs({ ...defaults, 'github-token': '' })).toEqual(createInputs())
  })

  it('every switch is an input', () => {
    expect(inputNames).toEqual(expect.arrayContaining([...booleanInputs]))
  })
})

describe('values', () => {
  it('has defaults for all', () => {
    expect(createInputs()).toEqual({
      path: '',
      images: [],
      spec: '',
      registry: [],
      command: 'auto',
      from: '',
      to: '',
      release: 'published',
      stack: '',
      platforms: [],
      buildArgs: {},
      buildContexts: {},
      secrets: [],
      ssh: [],
      labels: {},
      annotations: [],
      tags: [],
      flavor: [],
      builder: '',
      push: 'auto',
      load: 'auto',
      monolithic: false,
      noCache: false,
      pull: false,
      reuse: 'all',
      maxAge: null,
      target: '',
      jobs: 4,
      pushByDigest: false,
      digests: '',
      cache: 'auto',
      cacheFrom: [],
      cacheTo: [],
      cacheSize: 6e9,
      cacheMounts: 'auto',
      cacheMountsSize: 2e9,
      utilityImage: 'busybox:stable',
      tests: 'auto',
      manifests: 'auto',
      attest: [],
      lockMode: 'auto',
      lockEngine: 'embedded',
      update: [],
      excludeNewer: null,
      allowedChannels: ['conda-forge'],
      allowedHosts: ['files.pythonhosted.org'],
      channelMirrors: {},
      packagesOfInterest: [],
      commitMessage: '',
      afterCommit: 'auto',
      olderThan: 30 * 86_400_000,
      keepNTagged: 0,
      excludeTags: [],
      removes: false,
      show: '',
      readme: [],
      wiki: false,
      binderRepository: '',
      dryRun: false,
      githubToken: '',
    })
  })

  it.each<[InputName, string, Partial<Inputs>]>([
    ['path', 'images', { path: 'images' }],
    ['tests', 'false', { tests: false }],
    ['manifests', 'true', { manifests: true }],
    ['provenance', 'true', { attest: ['type=provenance'] }],
    ['provenance', 'false', { attest: ['type=provenance,disabled=true'] }],
    ['provenance', 'mode=max,builder-id=https://x/y', { attest: ['type=provenance,mode=max,builder-id=https://x/y'] }],
    [
      'sbom',
      'generator=docker/buildkit-syft-scanner:1',
      { attest: ['type=sbom,generator=docker/buildkit-syft-scanner:1'] },
    ],
    ['path', ' ./images// ', { path: 'images' }],
    ['path', './', { path: '.' }],
    ['path', '.', { path: '.' }],
    ['path', 'a/./b', { path: 'a/b' }],
    ['images', 'a,b\nc/d\na', { images: ['a', 'b', 'c/d'] }],
    ['spec', './images/spec.yml', { spec: 'images/spec.yml' }],
    ['registry', 'quay.io/pangeo', { registry: ['quay.io/pangeo'] }],
    ['registry', 'quay.io/pangeo/\nlocalhost:5000', { registry: ['quay.io/pangeo', 'localhost:5000'] }],
    ['registry', 'ghcr.io/a/b,ghcr.io/a/b/', { registry: ['ghcr.io/a/b'] }],
    ['registry', 'pangeo', { registry: ['pangeo'] }],
    ['registry', '[::1]:5000/x', { registry: ['[::1]:5000/x'] }],
    ['command', 'plan', { command: 'plan' }],
    ['command', 'build', { command: 'build' }],
    ['platforms', 'linux/AMD64, linux/arm64/v8', { platforms: ['linux/amd64', 'linux/arm64/v8'] }],
    ['build-args', 'A=1,2\nB=x=y', { buildArgs: { A: '1,2', B: 'x=y' } }],
    ['build-contexts', 'shared=./x', { buildContexts: { shared: './x' } }],
    ['secrets', 'a= b=c ', { secrets: [{ id: 'a', source: { value: ' b=c ' } }] }],
    ['secrets', '"a=1\n2"', { secrets: [{ id: 'a', source: { value: '1\n2' } }] }],
    ['secret-files', 'a=./f', { secrets: [{ id: 'a', source: { file: './f' } }] }],
    [
      'secret-envs',
      'a=A,b=B',
      {
        secrets: [
          { id: 'a', source: { env: 'A' } },
          { id: 'b', source: { env: 'B' } },
        ],
      },
    ],
    [
      'tags',
      'type=match,"pattern=a{1,2}"\n\n preset=jupyter ',
      { tags: ['type=match,"pattern=a{1,2}"', 'preset=jupyter'] },
    ],
    ['flavor', 'latest=true,prefix=x-', { flavor: ['latest=true,prefix=x-'] }],
    ['ssh', 'default,x=/y', { ssh: ['default', 'x=/y'] }],
    ['labels', 'a.b=c d', { labels: { 'a.b': 'c d' } }],
    ['annotations', 'a=b\nindex:c=d', { annotations: ['a=b', 'index:c=d'] }],
    ['annotations', 'manifest[linux/amd64],index:a=b:c', { annotations: ['manifest[linux/amd64],index:a=b:c'] }],
    ['builder', 'mine', { builder: 'mine' }],
    ['push', 'false', { push: false }],
    ['push', 'auto', { push: 'auto' }],
    ['load', 'True', { load: true }],
    ['no-cache', 'TRUE', { noCache: true }],
    ['pull', 'true', { pull: true }],
    ['reuse', 'branch', { reuse: 'branch' }],
    ['max-age', '36h', { maxAge: 36 * 3_600_000 }],
    ['max-age', '7d', { maxAge: 7 * 24 * 3_600_000 }],
    ['max-age', '2w', { maxAge: 14 * 24 * 3_600_000 }],
    ['target', 'runtime', { target: 'runtime' }],
    ['jobs', '12', { jobs: 12 }],
    ['cache', 'none', { cache: 'none' }],
    ['cache-from', 'quay.io/me/app:cache\ntype=gha', { cacheFrom: ['quay.io/me/app:cache', 'type=gha'] }],
    ['cache-to', 'Type=local,dest=/a b,mode=max', { cacheTo: ['Type=local,dest=/a b,mode=max'] }],
    ['cache-mounts', 'False', { cacheMounts: false }],
    ['cache-mounts-size', '1GiB', { cacheMountsSize: 2 ** 30 }],
    ['utility-image', 'quay.io/me/b:1', { utilityImage: 'quay.io/me/b:1' }],
    ['cache-size', '500 mb', { cacheSize: 5e8 }],
    ['cache-size', '1.5GiB', { cacheSize: 1.5 * 2 ** 30 }],
    ['cache-size', '0B', { cacheSize: 0 }],
    ['cache-to', 'type=local,"dest=/a,b"', { cacheTo: ['type=local,"dest=/a,b"'] }],
    ['lock-mode', 'minimal', { lockMode: 'minimal' }],
    ['lock-engine', 'conda-lock', { lockEngine: 'conda-lock' }],
    ['update', 'Dask, distributed\ndask', { update: ['dask', 'distributed'] }],
    ['exclude-newer', '2026-01-31', { excludeNewer: Date.UTC(2026, 0, 31, 23, 59, 59, 999) }],
    ['exclude-newer', '2026-01-31T12:00:00+02:00', { excludeNewer: Date.UTC(2026, 0, 31, 10) }],
    ['allowed-channels', 'conda-forge/,https://c.test/x/', { allowedChannels: ['conda-forge', 'https://c.test/x'] }],
    ['allowed-hosts', 'Wheels.test', { allowedHosts: ['wheels.test'] }],
    [
      'channel-mirrors',
      'conda-forge=http://127.0.0.1:8900/',
      { channelMirrors: { 'conda-forge': 'http://127.0.0.1:8900' } },
    ],
    ['packages-of-interest', 'dask-gateway', { packagesOfInterest: ['dask-gateway'] }],
    ['commit-message', 'Relock {{images}}\n\nMore', { commitMessage: 'Relock {{images}}\n\nMore' }],
    ['after-commit', 'stop', { afterCommit: 'stop' }],
    ['older-than', '2w', { olderThan: 14 * 86_400_000 }],
    ['keep-n-tagged', '10', { keepNTagged: 10 }],
    ['exclude-tags', 'cache-next, cache-r*', { excludeTags: ['cache-next', 'cache-r*'] }],
    ['dry-run', 'true', { dryRun: true }],
    ['dry-run', 'false', { removes: true }],
    ['github-token', ' t ', { githubToken: 't' }],
  ])('%s: %j', (name, text, expected) => {
    expect(readInputs({ [name]: text })).toEqual(createInputs(expected))
  })
})

describe('what cannot be is refused with name, value and remedy', () => {
  it.each<[Partial<Record<InputName, string>>, string, string]>([
    [{ tests: 'maybe' }, 'input tests: "maybe" is not a value of it', 'auto, true or false'],
    [{ sbom: 'generator=a b' }, 'input sbom: "generator=a b" is not a value of it', 'generator=IMAGE'],
    [{ provenance: 'max' }, 'input provenance: "max" is not a value of it', 'mode=max'],
    [{ path: '/abs' }, 'input path: "/abs" is not a value of it', 'below the repository'],
    [{ 'cache-mounts': 'yes' }, 'input cache-mounts: "yes" is not a value of it', 'auto, true or false'],
    [{ 'cache-mounts-size': '2' }, 'input cache-mounts-size: "2" is not a value of it', 'with a unit'],
    [{ 'utility-image': 'a AS b' }, 'input utility-image: "a AS b" is no reference to an image', 'as in FROM'],
    [{ 'utility-image': 'a\nRUN x' }, 'input utility-image: "a\\nRUN x" is no reference to an image', 'as in FROM'],
    [{ path: 'a/../..' }, 'input path: "a/../.." is not a value of it', 'below the repository'],
    [{ spec: '../spec.yml' }, 'input spec: "../spec.yml" is not a value of it', 'images/spec.yml'],
    [{ registry: 'https://quay.io/p' }, 'input registry: "https://quay.io/p" is not a value of it', 'without https://'],
    [{ registry: 'quay.io/p:latest' }, 'input registry: "quay.io/p:latest" is not a value of it', 'without a tag'],
    [{ registry: 'Quay.io/p' }, 'input registry: "Quay.io/p" is not a value of it', 'lower case'],
    [{ registry: 'quay.io/a..b' }, 'input registry: "quay.io/a..b" is not a value of it', 'quay.io/pangeo'],
    [{ registry: '-x' }, 'input registry: "-x" is not a value of it', 'quay.io/pangeo'],
    [{ command: 'bild' }, 'input command: "bild" is not a value of it', 'did you mean build?'],
    [{ platforms: 'amd64' }, 'input platforms: "amd64" is not a value of it', 'linux/amd64'],
    [{ platforms: 'linux/amd64;x' }, 'input platforms: "linux/amd64;x" is not a value of it', 'linux/amd64'],
    [{ 'build-args': 'A' }, 'input build-args: "A" is not KEY=VALUE', 'KEY=VALUE a line'],
    [{ 'build-contexts': '=x' }, 'input build-contexts: "=x" is not KEY=VALUE', 'KEY=VALUE a line'],
    [{ labels: '"a=b' }, 'input labels: Quote Not Closed', 'quotes as in CSV'],
    [{ secrets: 'hunter2' }, 'input secrets: an item has no id', 'ID=VALUE'],
    [{ secrets: ' =hunter2' }, 'input secrets: an item has no id', 'ID=VALUE'],
    [{ secrets: '"hunter2' }, 'input secrets: its text cannot be read as a list', 'quotes as in CSV'],
    [{ 'secret-files': 'x' }, 'input secret-files: an item has no id', 'ID=VALUE'],
    [{ 'secret-envs': '=X' }, 'input secret-envs: an item has no id', 'ID=VALUE'],
    [{ secrets: 'a=1', 'secret-envs': 'a=A' }, 'the secret id "a" is given twice', 'once'],
    [{ annotations: 'a' }, 'input annotations: "a" is not a value of it', 'KEY=VALUE'],
    [{ annotations: 'layer:a=b' }, 'input annotations: "layer:a=b" is not a value of it', 'manifest-descriptor'],
    [{ push: 'yes' }, 'input push: "yes" is not a value of it', 'auto, true or false'],
    [{ push: 'true' }, 'input push: true, but registry is empty', 'set registry'],
    [{ load: '1' }, 'input load: "1" is not a value of it', 'auto, true or false'],
    [{ load: 'true', platforms: 'linux/a,linux/b' }, 'input load: true, but platforms names 2', 'name one'],
    [{ monolithic: 'yes' }, 'input monolithic: "yes" is not a value of it', 'true or false'],
    [{ monolithic: 'true', 'push-by-digest': 'true' }, 'input monolithic: true, and input push-by-digest', 'leave one'],
    [{ monolithic: 'true', digests: '{}' }, 'input monolithic: true, and input digests', 'leave one'],
    [{ monolithic: 'true', command: 'merge' }, 'input monolithic: true, and command merge', 'leave one'],
    [{ 'no-cache': 'no' }, 'input no-cache: "no" is not a value of it', 'true or false'],
    [{ reuse: 'none' }, 'input reuse: "none" is not a value of it', 'all, branch'],
    ...['7', '0d', '-1d', '1.5h', '7 days', '99999d'].map(
      (text) =>
        [{ 'max-age': text }, `input max-age: "${text}" is not a value of it`, '36h, 7d'] as [
          Record<string, string>,
          string,
          string,
        ],
    ),
    [{ pull: 'auto' }, 'input pull: "auto" is not a value of it', 'true or false'],
    [{ 'dry-run': `\n"${'x'.repeat(200)}` }, 'input dry-run: "\\"xxx', 'true or false'],
    [{ cache: 'registy' }, 'input cache: "registy" is not a value of it', 'did you mean registry?'],
    [{ cache: 'registry' }, 'input cache: registry, but registry is empty', 'set registry'],
    [{ cache: 'inline' }, 'input cache: inline, but registry is empty', 'set registry'],
    [
      { 'cache-from': 'type=regstry,ref=x' },
      'input cache-from: "regstry" is no type of cache',
      'did you mean registry?',
    ],
    [{ 'cache-from': 'type=inline' }, 'input cache-from: type=inline is read from the image itself', 'its reference'],
    [{ 'cache-from': 'type=local,dest=x' }, 'input cache-from: type=local without src', 'buildx'],
    [{ 'cache-to': 'type=local,src=x' }, 'input cache-to: type=local without dest', 'mode=max'],
    [{ 'cache-to': 'type=registry' }, 'input cache-to: type=registry without ref', 'ref=quay.io'],
    [{ 'cache-to': 'mode=max' }, 'input cache-to: it has no type', 'type=registry'],
    ...['6', 'GB', '-1GB', '6 iB', '1e3MB', '6PB', '6GB\n7GB'].map((size): [Record<string, string>, string, string] => [
      { 'cache-size': size },
      `input cache-size: ${JSON.stringify(size)} is not a value of it`,
      '6GB, 500MB or 2GiB',
    ]),
    [{ 'cache-to': 'type=gha,max' }, 'input cache-to: each part is KEY=VALUE', 'type=registry'],
    [{ 'cache-to': 'type=local,"dest=x' }, 'input cache-to: Quote Not Closed', 'type=registry'],
    [{ 'lock-mode': 'chekc' }, 'input lock-mode: "chekc" is not a value of it', 'did you mean check?'],
    [{ update: 'dask>=2' }, 'input update: "dask>=2" is not a value of it', 'without a version'],
    [
      { update: 'dask', 'lock-mode': 'check' },
      'input update: dask, but lock-mode is check',
      'goes with lock-mode auto',
    ],
    [
      { 'lock-engine': 'conda-lock', 'lock-mode': 'minimal', 'exclude-newer': '2026-01-31' },
      'input lock-engine: conda-lock does not go with lock-mode: minimal, exclude-newer',
      'lock-engine: embedded',
    ],
    [{ 'exclude-newer': '2026-02-30' }, 'input exclude-newer: "2026-02-30" is not a value of it', '2026-01-31'],
    [{ 'exclude-newer': 'yesterday' }, 'input exclude-newer: "yesterday" is not a value of it', '2026-01-31'],
    [{ 'channel-mirrors': 'http://x' }, 'input channel-mirrors: "http://x" is not KEY=VALUE', 'KEY=VALUE a line'],
    [{ 'older-than': '30 days' }, 'input older-than: "30 days" is not a value of it', '36h'],
    [{ 'keep-n-tagged': '-1' }, 'input keep-n-tagged: "-1" is not a value of it', 'whole number'],
    [{ 'exclude-tags': 'x'.repeat(200) }, 'input exclude-tags: "xxx', 'pattern'],
    [{ jobs: '0' }, 'input jobs: "0" is not a value of it', 'whole number'],
    [{ jobs: '2.5' }, 'input jobs: "2.5" is not a value of it', 'whole number'],
    [{ jobs: '99999' }, 'input jobs: "99999" is not a value of it', 'whole number'],
  ])('%j', (texts, first, remedy) => {
    const error = failureOf(texts)
    expect(error).toMatchObject({ code: 'input', message: expect.stringContaining(first) })
    expect(error.message.startsWith(first)).toBe(true)
    expect(error.details.join('\n')).toContain(remedy)
  })

  it('tells it in one line, however long the value is', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 400 }),
        fc.constantFrom<InputName>('push', 'jobs', 'path', 'labels'),
        (text, name) => {
          const message = messageOf(attempt({ [name]: text }))
          expect(message).not.toMatch(/[\r\n]/)
          expect(message.length).toBeLessThan(1000)
        },
      ),
    )
  })
})

describe('a secret', () => {
  const secret = fc
    .string({ minLength: 4 })
    .filter((text) => text.trim().length >= 4 && !'its text as list'.includes(text))
  it('is in no message, detail or cause', () => {
    const names = fc.constantFrom<InputName>('secrets', 'secret-files', 'secret-envs')
    const shape = fc.constantFrom(
      (s: string) => s,
      (s: string) => `"${s}`,
      (s: string) => `=${s}`,
      (s: string) => `a=${s}\na=${s}`,
    )
    fc.assert(
      fc.property(secret, names, shape, (text, name, write) => {
        const error = attempt({ [name]: write(text) })
        if (!(error instanceof ActionError)) return
        expect(error.cause).toBeUndefined()
        const told = [error.message, ...error.details].join('\n')
        expect(told.replaceAll(/"[^"]*" is given twice/g, '').includes(text) && !ordinary.includes(text)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
  const ordinary = [
    'input secrets secret-files secret-envs: an item has no id, write each item as ID=VALUE',
    'its text cannot be read as a list, one item a line; quotes as in CSV: close them, or leave them out',
  ].join('\n')
})

function attempt(texts: Partial<Record<InputName, string>>): unknown {
  try {
    return readInputs(texts)
  } catch (error) {
    return error
  }
}

function failureOf(texts: Partial<Record<InputName, string>>): ActionError {
  const error = attempt(texts)
  if (error instanceof ActionError) return error
  throw new Error(`${JSON.stringify(texts)} was taken`)
}
