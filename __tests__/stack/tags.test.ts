import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { dateTag, decidePush, imageNames, imageReferences, tagOf, tagRules } from '../../src/stack/tags.ts'
import type { Trigger, TriggerKind } from '../../src/trigger/types.ts'
import { sha } from '../helpers/events.ts'
import { createTrigger } from '../helpers/trigger.ts'

const registry = ['quay.io/pangeo']
const pullRequest = {
  number: 7,
  title: '',
  headRef: 'x',
  headSha: sha('b'),
  baseRef: 'main',
  baseSha: sha('a'),
  fork: false,
}
const triggers: Record<string, Trigger> = {
  'push to main': createTrigger(),
  'push to x': createTrigger({ ref: 'refs/heads/x', branch: 'x' }),
  'pull request': createTrigger({ kind: 'pull_request', ref: 'refs/pull/7/merge', branch: null, pullRequest }),
  pull_request_target: createTrigger({ kind: 'pull_request', event: 'pull_request_target', pullRequest }),
  tag: createTrigger({ kind: 'tag', ref: 'refs/tags/v1', branch: null }),
  'merge group': createTrigger({ kind: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/x', branch: 'gh/x' }),
  schedule: createTrigger({ kind: 'schedule', event: 'schedule' }),
  dispatch: createTrigger({ kind: 'workflow_dispatch', event: 'workflow_dispatch' }),
  'dispatch of a pull request': createTrigger({ kind: 'repository_dispatch', pullRequest }),
  workflow_run: createTrigger({ kind: 'workflow_run', event: 'workflow_run' }),
  delete: createTrigger({ kind: 'delete', branch: 'main' }),
  local: createTrigger({ kind: 'local', event: 'local', defaultBranch: null }),
}

describe('decidePush', () => {
  // Trigger, then what it does for auto, true and false: p = pushes, P = publishes the whole stack.
  it.each([
    ['push to main', 'P', 'P', ''],
    ['push to x', '', 'p', ''],
    ['pull request', '', 'p', ''],
    ['pull_request_target', '', 'p', ''],
    ['tag', '', '', ''],
    ['merge group', '', 'p', ''],
    ['schedule', 'P', 'P', ''],
    ['dispatch', 'P', 'P', ''],
    ['dispatch of a pull request', '', 'p', ''],
    ['workflow_run', '', 'p', ''],
    ['delete', '', '', ''],
    ['local', '', 'p', ''],
  ])('%s: auto %p, true %p, false %p', (name, ...expected) => {
    const trigger = triggers[name] as Trigger
    const said = (['auto', true, false] as const).map((push) => {
      const decision = decidePush(trigger, push, registry)
      expect(decision.reason).toMatch(/\w{3}/)
      return decision.publishes ? 'P' : decision.push ? 'p' : ''
    })
    expect(said).toEqual(expected)
    expect(decidePush(trigger, 'auto', [])).toMatchObject({ push: false, publishes: false })
  })

  it('an untrusted run never pushes, whatever it is and whatever it says', () => {
    const kinds = [...new Set(Object.values(triggers).map((trigger) => trigger.kind)), 'issue_comment' as TriggerKind]
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.constantFrom('auto' as const, true, false),
        fc.constantFrom(null, 'main', 'x'),
        fc.option(fc.boolean().map((fork) => ({ ...pullRequest, fork }))),
        fc.constantFrom<string[]>([], registry, [...registry, 'ghcr.io/p']),
        (kind, push, branch, pull, registries) => {
          const trigger = createTrigger({ kind, branch, pullRequest: pull, trust: 'untrusted', trustReason: 'a fork' })
          expect(decidePush(trigger, push, registries)).toMatchObject({ push: false, publishes: false })
          const trusted = decidePush({ ...trigger, trust: 'trusted' }, push, registries)
          if (trusted.publishes) expect(trusted.push).toBe(true)
          if (trusted.push) expect([push !== false, registries.length > 0]).toEqual([true, true])
        },
      ),
    )
    const untrusted = createTrigger({ trust: 'untrusted', trustReason: 'it comes from a fork' })
    expect(decidePush(untrusted, true, registry).reason).toBe('an untrusted run never pushes: it comes from a fork')
  })
})

describe('tagRules', () => {
  const commit = sha('c')
  it.each([
    ['push to main', 'ccccccc', ['main']],
    ['push to x', 'ccccccc', ['x']],
    ['pull request', null, ['pr-7']],
    ['pull_request_target', null, ['pr-7']],
    ['dispatch of a pull request', null, ['pr-7']],
    ['tag', 'ccccccc', []],
    ['merge group', null, []],
    ['schedule', 'ccccccc', ['main']],
    ['local', 'ccccccc', ['main']],
  ])('%s', (name, immutable, moving) => {
    expect(tagRules(triggers[name] as Trigger, commit)).toEqual({ immutable, moving })
  })

  it('a rebuild has a tag of its own', () => {
    expect(tagRules(createTrigger(), commit, '20261121').immutable).toBe('ccccccc-20261121')
    expect(tagRules(createTrigger(), commit, '20261121.2').immutable).toBe('ccccccc-20261121.2')
  })

  it('a workflow_run moves the branch only where it built the branch', () => {
    const trigger = createTrigger({ kind: 'workflow_run', head: commit })
    expect(tagRules(trigger, commit).moving).toEqual(['main'])
    expect(tagRules(trigger, sha('d'))).toEqual({ immutable: 'ddddddd', moving: [] })
  })

  // Else a plan says `main` of what a fork's run made, and an engine holds it under that name.
  it('an untrusted run names no branch', () => {
    for (const kind of ['workflow_run', 'push', 'issue_comment'] as const)
      expect(tagRules(createTrigger({ kind, trust: 'untrusted', head: commit }), commit).moving).toEqual([])
  })
})

describe('tagOf', () => {
  it.each([
    ['main', 'main'],
    ['my/feature#1245', 'my-feature-1245'],
    ['.hidden', 'hidden'],
    ['-x', 'x'],
    ['Release_2026.1', 'Release_2026.1'],
    ['müll', 'm-ll'],
    ['日本語', 'branch'],
    ['', 'branch'],
    ['2639bd3', 'branch-2639bd3'],
    ['2639bd3-20261121.2', 'branch-2639bd3-20261121.2'],
    ['pr-7', 'branch-pr-7'],
    ['pr/7', 'branch-pr-7'],
    ['fp-x', 'branch-fp-x'],
    ['2639bd', '2639bd'],
    ['pr-seven', 'pr-seven'],
  ])('%s', (branch, tag) => {
    expect(tagOf(branch)).toBe(tag)
  })

  it('is always a tag, with room for a variant, and never one of a commit', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.stringMatching(/^[0-9a-f]{7}$/)), (branch) => {
        expect(`${'v'.repeat(20)}-${tagOf(branch)}`).toMatch(/^\w[\w.-]{0,127}$/)
        expect(tagOf(branch)).toMatch(/^\w[\w.-]*$/)
        expect(tagOf(branch)).not.toMatch(/^[0-9a-f]{7}$/)
      }),
    )
  })
})

describe('names', () => {
  const variant = { repository: 'pytorch-notebook', tagPrefix: 'cuda12-' }
  it('are given in all registries, a variant by its prefix', () => {
    expect(imageNames(variant, ['a.io/p', 'b.io'])).toEqual(['a.io/p/pytorch-notebook', 'b.io/pytorch-notebook'])
    expect(imageReferences(variant, ['a.io/p', 'b.io'], ['main', '1'])).toEqual([
      'a.io/p/pytorch-notebook:cuda12-main',
      'a.io/p/pytorch-notebook:cuda12-1',
      'b.io/pytorch-notebook:cuda12-main',
      'b.io/pytorch-notebook:cuda12-1',
    ])
  })

  it('are short without a registry', () => {
    expect(imageReferences({ repository: 'x', tagPrefix: '' }, [], ['latest'])).toEqual(['x:latest'])
  })

  it('a date is UTC', () => {
    expect(dateTag(Date.UTC(2026, 10, 21, 23, 59))).toBe('20261121')
  })
})
