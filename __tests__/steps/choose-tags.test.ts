import { describe, expect, it } from '@jest/globals'
import { chooseTagger } from '../../src/steps/choose-tags.ts'
import { createHost } from '../helpers/host.ts'
import { readInputs } from '../helpers/inputs.ts'
import { createImage, createStack } from '../helpers/stack.ts'
import { createTrigger } from '../helpers/trigger.ts'

/** The tags of a local run that pushes nothing. */
async function chosen(texts: Parameters<typeof readInputs>[0], commit: string | null) {
  const source = { trigger: createTrigger({ kind: 'local' }), stack: createStack(createImage('base')), commit }
  const question = { source, inputs: readInputs(texts), host: createHost() } as unknown as Parameters<
    typeof chooseTagger
  >[0]
  const tagger = await chooseTagger(question, { push: false, publishes: false, reason: '' }, async () => {
    throw new Error('not asked for')
  })
  return tagger(null).all
}

describe('a run that pushes nothing', () => {
  it('tags for the engine, whatever the rules are', async () => {
    expect(await chosen({ tags: 'preset=datahub' }, 'c'.repeat(40))).toEqual({ immutable: null, moving: ['latest'] })
  })

  // Else they would be red on the default branch alone.
  it.each([
    [{ tags: 'preset=nope' }, 'there is no preset "nope"'],
    [{ tags: 'typo=ref' }, 'typo'],
    [{ flavor: 'latest=x' }, 'latest'],
  ])('refuses wrong rules all the same: %j', async (texts, message) => {
    for (const commit of ['c'.repeat(40), null])
      await expect(chosen(texts, commit)).rejects.toMatchObject({
        code: 'input',
        message: expect.stringContaining(message),
      })
  })
})
