import { describe, expect, it } from '@jest/globals'
import type { InputName } from '../../src/inputs.ts'
import { explainCache } from '../../src/steps/cache-explain.ts'
import type { Source } from '../../src/steps/detect.ts'
import type { Trigger } from '../../src/trigger/types.ts'
import { readInputs } from '../helpers/inputs.ts'
import { createImage } from '../helpers/stack.ts'
import { createTrigger } from '../helpers/trigger.ts'

function explained(texts: Partial<Record<InputName, string>>, trigger: Partial<Trigger> = {}, push = true): string[] {
  const source = { trigger: createTrigger(trigger), commit: 'c'.repeat(40) } as Source
  const inputs = readInputs({ registry: 'quay.io/me', ...texts })
  return explainCache({ image: createImage('base'), source, inputs, push })
}

const at = 'type=registry,ref=quay.io/me/base:cache-main'

describe('plan --explain', () => {
  it.each<[Partial<Record<InputName, string>>, string[]]>([
    [{}, [expect.stringMatching(/^local on a docker-container builder .*cache: auto/) as unknown as string]],
    [{ cache: 'none' }, ['none (cache: none)']],
    [{ 'cache-to': 'type=gha,token=hunter2' }, ['1 of cache-from and cache-to, the same for all images']],
    [
      { cache: 'inline' },
      ['inline (cache: inline)', 'reads type=registry,ref=quay.io/me/base:main', 'writes type=inline'],
    ],
  ])('%j', (texts, lines) => {
    expect(explained(texts)).toEqual(lines)
  })

  it('says what is read, what is written, and why nothing is', () => {
    const registry = { cache: 'registry' }
    const options = 'mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true'
    expect(explained(registry)).toEqual(['registry (cache: registry)', `reads ${at}`, `writes ${at},${options}`])
    expect(explained(registry, {}, false).at(-1)).toBe('writes nothing: this run pushes nothing, or has no branch')
    expect(explained(registry, { trust: 'untrusted' }).at(-1)).toBe('writes nothing: an untrusted run writes no cache')
  })
})
