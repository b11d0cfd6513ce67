import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { noPlaces } from '../../src/cache/types.ts'
import { type BakeImage, type BakeTarget, bakeArguments, bakeDefinition, targetNames } from '../../src/stack/bake.ts'
import { createEdge, createImage } from '../helpers/stack.ts'
import { createTemporary } from '../helpers/temporary.ts'

const digest = `sha256:${'d'.repeat(64)}`
const buildx = findBuildx()

function createBakeImage(overrides: Partial<BakeImage> = {}): BakeImage {
  return {
    image: createImage('pangeo-notebook'),
    context: '/w/images/pangeo-notebook',
    dockerfile: '/w/images/pangeo-notebook/Dockerfile',
    target: null,
    platforms: [],
    args: {},
    labels: {},
    annotations: [],
    tags: [],
    secrets: [],
    ssh: [],
    contexts: {},
    parents: new Map(),
    pinned: new Map(),
    stages: [],
    ...overrides,
  }
}

function targetOf(image: BakeImage): BakeTarget {
  const name = image.image.name
  return bakeDefinition(
    [image],
    new Map([
      [name, 't'],
      ['base', 'the_base'],
    ]),
  ).target.t as BakeTarget
}

describe('targetNames', () => {
  it('keeps what bake allows and tells apart what would meet', () => {
    const names = ['a', 'a/b', 'a_b', 'a.b', 'a_b_2', '-x', '_x', 'é', 'default']
    expect([...targetNames(names)]).toEqual([
      ['a', 'a'],
      ['a/b', 'a_b'],
      ['a_b', 'a_b_2'],
      ['a.b', 'a_b_3'],
      ['a_b_2', 'a_b_2_2'],
      ['-x', '_x'],
      ['_x', '_x_2'],
      ['é', '_'],
      ['default', 'default'],
    ])
  })

  it('is one to one for any names', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(fc.string(), fc.stringMatching(/^[ab/._-]{1,4}$/)), { maxLength: 40 }),
        (names) => {
          const targets = [...targetNames(names).values()]
          expect(new Set(targets).size).toBe(names.length)
          for (const target of targets) expect(target).toMatch(/^[a-zA-Z0-9_]?[a-zA-Z0-9_-]*$/)
        },
      ),
    )
  })

  it('does 2,000 images in no time', () => {
    const started = performance.now()
    targetNames(Array.from({ length: 2000 }, (_, at) => `images/n${at}`))
    expect(performance.now() - started).toBeLessThan(200)
  })
})

describe('bakeDefinition', () => {
  it('says only what is set', () => {
    expect(targetOf(createBakeImage())).toEqual({
      context: '/w/images/pangeo-notebook',
      dockerfile: '/w/images/pangeo-notebook/Dockerfile',
    })
  })

  it('gives parents as targets or digests, under the names that BuildKit looks for', () => {
    const references = ['docker.io/pangeo/base:latest', 'quay.io/pangeo/base:master', `pangeo/base@${digest}`]
    const parents = [createEdge('base', { references }), createEdge('tools', { references: ['tools'], via: 'COPY' })]
    const image = createBakeImage({
      image: createImage('x', [], { parents }),
      parents: new Map<string, { target: string } | { image: string }>([
        ['base', { target: 'base' }],
        ['tools', { image: `quay.io/pangeo/tools@${digest}` }],
      ]),
      pinned: new Map([
        ['docker.io/library/debian:12', `docker.io/library/debian:12@${digest}`],
        ['tools', 'docker.io/library/tools@other'],
      ]),
      contexts: { shared: './shared' },
    })
    expect(targetOf(image).contexts).toEqual({
      'pangeo/base': 'target:the_base',
      'quay.io/pangeo/base:master': 'target:the_base',
      [`pangeo/base@${digest}`]: 'target:the_base',
      tools: `docker-image://quay.io/pangeo/tools@${digest}`,
      'debian:12': `docker-image://docker.io/library/debian:12@${digest}`,
      shared: './shared',
    })
  })

  it('refuses a stage with the name of a parent, and says where', () => {
    const parents = [createEdge('base', { references: ['base'], line: 3 })]
    const image = createBakeImage({
      image: createImage('x', [], { parents }),
      parents: new Map([['base', { target: 'base' }]]),
      stages: ['build', 'Base'],
    })
    const refusal = {
      code: 'stack',
      message: 'images/x/Dockerfile:3: a stage has the name of the parent image, "base"',
    }
    expect(() => targetOf(image)).toThrow(expect.objectContaining(refusal))
  })

  it('leaves an external image unpinned where a stage has its name', () => {
    const pinned = new Map([['build', `docker.io/library/build:latest@${digest}`]])
    expect(targetOf(createBakeImage({ pinned, stages: ['Build'] })).contexts).toBeUndefined()
  })

  it('refuses a path that bake would turn into another', () => {
    const decomposed = createBakeImage({ context: '/w/images/cafe\u0301' })
    expect(() => targetOf(decomposed)).toThrow(expect.objectContaining({ code: 'stack' }))
    expect(targetOf(createBakeImage({ context: '/w/images/caf\u00e9' })).context).toBe('/w/images/café')
  })
})

describe('bakeArguments', () => {
  const target = { target: 'x', outputs: [], noCache: false, cache: noPlaces }
  const request = {
    builder: null,
    file: '/t/x.json',
    metadataFile: '/t/x.metadata.json',
    targets: [target],
    pull: false,
    allowRead: [],
    allowSsh: false,
  }

  it('asks for one target, nothing forced', () => {
    expect(bakeArguments(request)).toEqual([
      '--file',
      '/t/x.json',
      '--progress',
      'rawjson',
      '--metadata-file',
      '/t/x.metadata.json',
      'x',
    ])
  })

  it('sets what forces work on the requested target alone', () => {
    const args = bakeArguments({
      ...request,
      builder: 'b',
      targets: [
        {
          ...target,
          outputs: ['type=image,push=true'],
          noCache: true,
          cache: { from: ['type=local,src=/in'], to: ['type=local,dest=/out'], reads: ['/in'], writes: ['/out'] },
        },
      ],
      pull: true,
      allowRead: ['/a b', '/c'],
      allowSsh: true,
    })
    expect(args.slice(0, 2)).toEqual(['--builder', 'b'])
    expect(args.slice(8)).toEqual([
      ...['--allow', 'fs.read=/a b', '--allow', 'fs.read=/c', '--allow', 'fs.read=/in', '--allow', 'fs.write=/out'],
      ...['--allow', 'ssh', '--set', 'x.output=type=image,push=true'],
      ...['--set', 'x.cache-from=type=local,src=/in', '--set', 'x.cache-to=type=local,dest=/out'],
      ...['--set', 'x.no-cache=true', '--set', 'x.pull=true', 'x'],
    ])
  })

  it('gives each of several targets its own places, and asks for all', () => {
    const cache = (name: string) => ({ ...noPlaces, to: [`type=local,dest=/${name}`], writes: [`/${name}`] })
    const targets = ['x', 'y'].map((name) => ({ ...target, target: name, cache: cache(name), noCache: name === 'y' }))
    expect(bakeArguments({ ...request, targets }).slice(6)).toEqual([
      ...['--allow', 'fs.write=/x', '--allow', 'fs.write=/y', '--set', 'x.cache-to=type=local,dest=/x'],
      ...['--set', 'y.cache-to=type=local,dest=/y', '--set', 'y.no-cache=true', 'x', 'y'],
    ])
  })
})

const withBuildx = buildx ? describe : describe.skip
withBuildx('what buildx reads is what was meant', () => {
  it('for text that is a template, a quote, a line end or an option', async () => {
    const part = fc.constantFrom(
      '${x}',
      '%{ if y }',
      '$',
      '%',
      '{',
      '}',
      '"',
      '\\',
      '\n',
      '~',
      'é',
      'a',
      ',',
      "'",
      ' ',
      '$(id)',
      '--push',
    )
    const text = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('').normalize('NFC'))
    const images = fc.array(fc.record({ value: text, key: text, path: text }), { minLength: 40, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(images, async (rows) => {
        const meant = rows.map(({ value, key, path: folder }, at) =>
          createBakeImage({
            image: createImage(`n${at}`),
            context: `/w/${folder}`,
            dockerfile: `/w/${folder}/Dockerfile`,
            target: value,
            args: { [key]: value },
            labels: { [key]: value },
            annotations: [`k=${value.trim()}.`],
            contexts: { shared: value },
          }),
        )
        const read = await printed(meant)
        expect(Object.keys(read)).toHaveLength(rows.length)
        for (const [at, { value, key, path: folder }] of rows.entries()) {
          expect(read[`n${at}`]).toMatchObject({
            context: `/w/${folder}`,
            dockerfile: `/w/${folder}/Dockerfile`,
            target: value,
            contexts: { shared: value },
            // buildx's own print writes these two ready to be read again.
            args: { [key]: value.replace(/([$%])\{/g, '$1$1{') },
            labels: { [key]: value.replace(/([$%])\{/g, '$1$1{') },
          })
        }
      }),
      { numRuns: 5 },
    )
  })

  it('for all fields of an image', async () => {
    const parents = [createEdge('base', { references: ['pangeo/base:1'] })]
    const base = createBakeImage({ image: createImage('base') })
    const child = createBakeImage({
      image: createImage('x', [], { parents }),
      parents: new Map([['base', { target: 'base' }]]),
      platforms: ['linux/amd64', 'linux/arm64'],
      tags: ['q.io/p/x:1', 'q.io/p/x:main'],
      secrets: ['type=file,id=a,src=/dev/null', 'type=env,"id=b,c",env=HOME'],
      annotations: ['manifest,index:a=b'],
    })
    const read = await printed([base, child])
    expect(read.x).toMatchObject({
      contexts: { 'pangeo/base:1': 'target:base' },
      platforms: ['linux/amd64', 'linux/arm64'],
      tags: ['q.io/p/x:1', 'q.io/p/x:main'],
      secret: [
        { id: 'a', src: '/dev/null' },
        { id: 'b,c', env: 'HOME' },
      ],
    })
  })
})

async function printed(images: readonly BakeImage[]): Promise<Record<string, Record<string, unknown>>> {
  await using temporary = await createTemporary()
  const names = images.map(({ image }) => image.name)
  const file = path.join(temporary.folder, 'bake.json')
  await writeFile(file, JSON.stringify(bakeDefinition(images, targetNames(names))))
  const [program = '', ...first] = buildx ?? []
  const env = { PATH: process.env.PATH, HOME: temporary.folder }
  const options = { env, cwd: temporary.folder, stdio: ['ignore', 'pipe', 'pipe'] as 'pipe'[] }
  return JSON.parse(execFileSync(program, [...first, 'bake', '--file', file, '--print', ...names], options).toString())
    .target
}

/** The tests above need a buildx, not a builder. */
function findBuildx(): string[] | null {
  return (
    [['buildx'], ['docker', 'buildx']].find(([program = '', ...first]) => {
      try {
        execFileSync(program, [...first, 'version'], { stdio: 'ignore' })
        return true
      } catch {
        return false
      }
    }) ?? null
  )
}
