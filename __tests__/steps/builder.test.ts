import { describe, expect, it } from '@jest/globals'
import { needsOf } from '../../src/steps/builder.ts'
import { readInputs } from '../helpers/inputs.ts'
import { createImage, createStack } from '../helpers/stack.ts'

const two = ['linux/amd64', 'linux/arm64']
const stack = createStack(
  createImage('base', [], { platforms: two }),
  createImage('alone', [], { platforms: ['linux/arm64'] }),
)

/** What a run asks of its builder that builds `built`; spec.yml gives base two platforms and an annotation, alone one platform. */
function needs(run: {
  built?: string[]
  push?: boolean
  kind?: 'cli' | 'action'
  texts?: Parameters<typeof readInputs>[0]
}) {
  const { built = ['base'], push = false, kind = 'action', texts = {} } = run
  const images = stack.images.map(({ name }) => ({ name, action: built.includes(name) ? 'build' : 'skip' }))
  const wordings = new Map([['base', { labels: {}, annotations: ['a=b'], version: null }]])
  const question = { source: { stack }, decision: { plan: { images }, push: { push }, wordings }, host: { kind } }
  return needsOf({ ...question, inputs: readInputs(texts) } as unknown as Parameters<typeof needsOf>[0])
}

describe('needsOf', () => {
  // Docker's own driver drops annotations without a word: GitHub's runner would push images without them.
  it('asks for annotations of spec.yml where something is pushed', () => {
    expect(needs({ push: true })).toEqual({ platforms: two, annotations: true })
    expect(needs({ push: false }).annotations).toBe(false)
    expect(needs({ push: true, built: ['alone'] })).toEqual({ platforms: ['linux/arm64'], annotations: false })
  })

  it('asks for those of the input in any run', () => {
    expect(needs({ built: ['alone'], texts: { annotations: 'a=b' } }).annotations).toBe(true)
  })

  // Else `make IMAGE` would start a builder of its own each time, and an engine takes one platform alone.
  it.each([
    ['on the command line', { kind: 'cli' }, []],
    ['where the step asks for it', { texts: { load: 'true' } }, []],
    ['and pushed', { push: true, texts: { load: 'true' } }, two],
    ['but not', { kind: 'cli', texts: { load: 'false' } }, two],
    ['for one platform', { kind: 'cli', built: ['alone'] }, ['linux/arm64']],
    [
      'for those of the input',
      { kind: 'cli', texts: { platforms: 'linux/s390x,linux/amd64' } },
      ['linux/s390x', 'linux/amd64'],
    ],
  ] as const)('asks for the platforms of spec.yml, as what is loaded %s', (_, run, platforms) => {
    expect(needs(run as Parameters<typeof needs>[0]).platforms).toEqual(platforms)
  })
})
