import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import schema from '../../schema/spec.schema.json' with { type: 'json' }
import { ActionError } from '../../src/errors.ts'
import { stackOf } from './stacks.ts'

interface Property {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Property>>
}

const { image, version } = schema.definitions as unknown as Record<'image' | 'version', Property>
const top = (schema as unknown as Property).properties ?? {}

describe('schema/spec.schema.json', () => {
  it('is a schema of the draft that it names', () => {
    expect(new Ajv({ strict: false }).validateSchema(schema)).toBe(true)
  })

  // Editors show it beside the key; `$schema` is theirs.
  it('describes every key', () => {
    const all = [top, image?.properties ?? {}, version?.properties ?? {}].flatMap(Object.entries<Property>)
    const silent = all.filter(([key, { description }]) => key !== '$schema' && !description).map(([key]) => key)
    expect(silent).toEqual([])
  })

  it('and docs/spec.md names each', () => {
    const text = readFileSync('docs/spec.md', 'utf8')
    const keys = [top, image?.properties ?? {}, version?.properties ?? {}].flatMap(Object.keys)
    const missing = [...new Set(keys)].filter((key) => !['$schema', 'images'].includes(key))
    expect(missing.filter((key) => !new RegExp(`\`${key}(?:\\.\\w+)?\``).test(text))).toEqual([])
  })
})

// What the schema lets through must be read: anything but a stack or an error with file and line is a crash of ours.
it('any values under known keys give a stack, or an error that says where', async () => {
  const files = {
    'images/base/Dockerfile': 'FROM x/y AS one\nUSER a\n',
    'images/lab/Dockerfile': 'FROM x/z\nUSER a\n',
  }
  const word = fc.oneof(
    fc.constantFrom(
      'base',
      'lab',
      'one',
      '',
      '..',
      '/',
      'target:base',
      'https://x/y.git#m:s',
      'docker-image://x',
      'a=b',
    ),
    fc.constantFrom('type=sha', 'type=raw,value={{branch}}', '{{#if tag}}', '{{date "x"}}', 'linux/amd64', 'daily'),
    fc.string({ maxLength: 8 }),
  )
  const simple = fc.oneof(word, fc.boolean(), fc.integer(), fc.constant(null))
  const value = fc.oneof(
    simple,
    fc.array(word, { maxLength: 3 }),
    fc.dictionary(word, simple, { maxKeys: 2 }),
    fc.array(fc.record({ name: simple, tag: simple, args: fc.dictionary(word, simple, { maxKeys: 1 }) }), {
      maxLength: 2,
    }),
  )
  const keysOf = (properties: Readonly<Record<string, Property>> = {}) =>
    fc.dictionary(fc.constantFrom(...Object.keys(properties)), value, { maxKeys: 3 })
  const spec = fc.record({ top: keysOf(top), base: keysOf(image?.properties), lab: keysOf(image?.properties) })
  let read = 0
  await fc.assert(
    fc.asyncProperty(spec, async ({ top, base, lab }) => {
      const text = JSON.stringify({ ...top, images: { base, lab } }, null, 1)
      const error = await stackOf({ ...files, 'images/spec.yml': text }).then(
        () => null,
        (thrown) => thrown,
      )
      read += error === null ? 1 : 0
      if (error === null) return
      expect(error).toBeInstanceOf(ActionError)
      if (error.code === 'spec') expect(error.message).toMatch(/^images\/spec\.yml:\d+:\d+: /)
      else expect(error).toMatchObject({ code: 'stack', details: [expect.any(String), ...error.details.slice(1)] })
      expect(error.message).not.toContain('\n')
    }),
    { numRuns: 1000 },
  )
  expect(read).toBeGreaterThan(10)
})
