import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { destinationOf, readCacheEntry, secretsOf } from '../../src/cache/entry.ts'
import { cacheTag, type RemoteStrategy, remotePlaces } from '../../src/cache/places.ts'
import { type CacheStrategy, chooseStrategy, type StrategyFacts } from '../../src/cache/strategies.ts'
import { canonicalReference } from '../../src/stack/canonical.ts'
import { tagOf } from '../../src/stack/tags.ts'

const container = { name: 'own', driver: 'docker-container', containerdStore: false }
const remote = { ...container, driver: 'remote' }
const docker = { name: 'default', driver: 'docker', containerdStore: false }
const containerd = { ...docker, containerdStore: true }

function choose(facts: Partial<StrategyFacts>): CacheStrategy {
  return chooseStrategy({ asked: 'auto', builder: container, action: true, service: true, raw: false, ...facts })
    .strategy
}

describe('the strategy', () => {
  it.each<[Partial<StrategyFacts>, CacheStrategy]>([
    [{}, 'local'],
    [{ service: false }, 'none'],
    [{ action: false }, 'none'],
    [{ raw: true }, 'none'],
    [{ builder: remote }, 'none'],
    [{ builder: { ...container, driver: 'kubernetes' } }, 'none'],
    [{ builder: docker }, 'none'],
    [{ builder: containerd }, 'none'],
    [{ asked: 'local', raw: true }, 'local'],
    [{ asked: 'local', builder: remote, action: false, service: false }, 'local'],
    [{ asked: 'registry', builder: remote }, 'registry'],
    [{ asked: 'registry', builder: containerd }, 'registry'],
    [{ asked: 'gha' }, 'gha'],
    [{ asked: 'gha', service: false }, 'none'],
    [{ asked: 'local', service: false }, 'none'],
    [{ asked: 'local', service: false, action: false }, 'local'],
    [{ asked: 'inline', builder: docker }, 'inline'],
    [{ asked: 'none', builder: docker }, 'none'],
  ])('%j: %s', (facts, strategy) => {
    expect(choose(facts)).toBe(strategy)
  })

  it.each(['local', 'registry', 'gha'] as const)('%s is refused where Docker’s own store cannot export it', (asked) => {
    expect(() => choose({ asked, builder: docker })).toThrow(
      `input cache: ${asked}, but builder default (driver docker) cannot export a cache`,
    )
  })

  it('says what it lacks where it gives up what was asked for', () => {
    const choice = chooseStrategy({ asked: 'gha', builder: remote, action: true, service: false, raw: false })
    expect(choice.lacking).toMatch(/no cache service/)
  })
})

const image = {
  name: 'a/lab',
  repository: 'quay.io/me/lab',
  tagPrefix: 'cuda-',
  platforms: ['linux/arm64', 'linux/amd64'],
}
const branches = { own: 'pr-7', base: 'next', default: 'main' }
const may = { trusted: true, push: true }
const at = 'type=registry,ref=quay.io/me/lab:cuda-'

describe('places', () => {
  it('registry: reads own, base and default branch, writes the own one', () => {
    expect(remotePlaces('registry', image, { branches, rights: may })).toEqual({
      from: [`${at}cache-pr-7`, `${at}cache-next`, `${at}cache-main`],
      to: [`${at}cache-pr-7,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`],
    })
  })

  it('inline: the image’s own references', () => {
    const { from, to } = remotePlaces('inline', image, { branches: { ...branches, base: 'main' }, rights: may })
    expect([from, to]).toEqual([[`${at}pr-7`, `${at}main`], ['type=inline']])
  })

  it('gha: a scope of image and platforms, whatever their order', () => {
    const places = remotePlaces('gha', image, { branches, rights: { trusted: true, push: false } })
    expect(places).toEqual({
      from: ['type=gha,scope=a-lab-linux-amd64-linux-arm64'],
      to: ['type=gha,scope=a-lab-linux-amd64-linux-arm64,mode=max,ignore-error=true'],
    })
    const other = { ...image, platforms: [...image.platforms].reverse() }
    expect(remotePlaces('gha', other, { branches, rights: may }).to).toEqual(places.to)
  })

  const strategies: readonly RemoteStrategy[] = ['registry', 'gha', 'inline']
  it.each(strategies)('%s: an untrusted run writes none; without a push none to a registry', (strategy) => {
    for (const push of [true, false])
      expect(remotePlaces(strategy, image, { branches, rights: { trusted: false, push } }).to).toEqual([])
    const unpushed = remotePlaces(strategy, image, { branches, rights: { trusted: true, push: false } })
    expect(unpushed.to.length).toBe(strategy === 'gha' ? 1 : 0)
    expect(unpushed.from.length).toBeGreaterThan(0)
  })

  it('no own branch (a detached head, a merge group): nothing is written', () => {
    const { to, from } = remotePlaces('registry', image, { branches: { ...branches, own: null }, rights: may })
    expect([to, from.length]).toEqual([[], 2])
  })

  // Broken by: a branch’s name in the value as it is: `main,mode=min` or `x:y` would be other attributes.
  it('is always one valid reference, whatever a branch is called', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), fc.string({ maxLength: 300 }), (own, base) => {
        const tags = { own: tagOf(own), base: tagOf(base), default: 'main' }
        const { from, to } = remotePlaces('registry', image, { branches: tags, rights: may })
        for (const value of [...from, ...to]) {
          const { type, attributes } = readCacheEntry(value)
          expect([type, attributes.ref && canonicalReference(attributes.ref)?.repository]).toEqual([
            'registry',
            'me/lab',
          ])
        }
        expect(readCacheEntry(to[0] ?? '').attributes.mode).toBe('max')
      }),
    )
  })

  // Broken by: a reserved form that is not known: the branch’s image would overwrite another branch’s cache.
  it('no branch’s image has the tag of a cache', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (one, other) => {
        expect(tagOf(`cache-${one}`)).not.toMatch(/^cache-/)
        expect(tagOf(one)).not.toBe(cacheTag({ tagPrefix: '' }, tagOf(other)))
      }),
    )
  })
})

describe('a value in buildx’s syntax', () => {
  it.each([
    ['user/app:cache', { type: 'registry', attributes: { ref: 'user/app:cache' } }],
    ['TYPE=gha,Scope=a', { type: 'gha', attributes: { scope: 'a' } }],
    ['type=local,"dest=/a,b",mode=max', { type: 'local', attributes: { dest: '/a,b', mode: 'max' } }],
    ['type=registry,ref=a=b', { type: 'registry', attributes: { ref: 'a=b' } }],
  ])('%s', (text, entry) => {
    expect(readCacheEntry(text)).toEqual(entry)
  })

  it.each([
    ['type=inline', null],
    ['type=local,dest=/a,mode=max', 'type=local,dest=/a'],
    ['type=gha,token=hunter2', 'type=gha,scope='],
    ['type=s3,bucket=b,name=n,secret_access_key=hunter2', 'type=s3,bucket=b,name=n'],
  ])('%s is written to %s: no secret is told', (text, destination) => {
    expect(destinationOf(readCacheEntry(text))).toBe(destination)
  })

  it('knows what must be masked', () => {
    const entry = readCacheEntry('type=s3,bucket=b,access_key_id=AKIA,secret_access_key=hunter2,session_token=t')
    expect(secretsOf(entry)).toEqual(['AKIA', 'hunter2', 't'])
  })
})
