import { describe, expect, test } from '@jest/globals'
import { runTags } from '../../../src/stack/tag-rules/index.ts'
import { tagRules } from '../../../src/stack/tags.ts'
import type { Trigger } from '../../../src/trigger/types.ts'
import { createTrigger } from '../../helpers/trigger.ts'

const commit = '2639bd3f00000000000000000000000000000000'
const pullRequest = {
  number: 7,
  title: '',
  headRef: 'x',
  headSha: commit,
  baseRef: 'main',
  baseSha: commit,
  fork: false,
}
const time = Date.parse('2026-08-01T12:00:00Z')

interface Options {
  readonly tags?: readonly string[]
  readonly flavor?: readonly string[]
  readonly rebuild?: string
}

function run(trigger: Trigger, { tags = [], flavor = [], rebuild }: Options = {}) {
  const now = Date.parse('2026-11-21T12:00:00Z')
  return runTags({ tags, flavor, trigger, commit, commitTime: time, now, rebuild: rebuild ?? null })
}

describe('the tags of a run', () => {
  test('the preset pangeo is what a run without rules gives', () => {
    for (const trigger of [
      createTrigger(),
      createTrigger({ ref: 'refs/heads/feature/x', branch: 'feature/x' }),
      createTrigger({ kind: 'pull_request', ref: 'refs/pull/7/merge', branch: null, pullRequest }),
    ]) {
      const { immutable, moving } = tagRules(trigger, commit)
      expect(run(trigger)).toMatchObject({ immutable, moving, notes: [] })
      expect(run(trigger).fixed ?? []).toEqual([])
    }
  })

  test('datahub: the commit’s tag stays, its other one is fixed too, the branch moves', () => {
    expect(run(createTrigger(), { tags: ['preset=datahub'] })).toEqual({
      immutable: '2639bd3',
      fixed: ['2026.3-2639bd3'],
      moving: ['2026.3-main'],
      version: '2026.3-main',
      notes: [],
    })
  })

  test('jupyter', () => {
    expect(run(createTrigger(), { tags: ['preset=jupyter'] })).toMatchObject({
      immutable: '2639bd3',
      fixed: ['2639bd3f0000'],
      moving: ['2026-11-21', 'latest'],
    })
  })

  test('a forced rebuild leaves the tags of the first build alone', () => {
    const found = run(createTrigger(), { tags: ['preset=datahub', 'type=sha'], rebuild: '20261121' })
    expect(found).toMatchObject({ immutable: '2639bd3-20261121', fixed: [], moving: ['2026.3-main'] })
  })

  test('a pull request gets its own tag only, whatever the rules say', () => {
    const trigger = createTrigger({ kind: 'pull_request', ref: 'refs/pull/7/merge', branch: null, pullRequest })
    const rules = ['type=raw,staging', 'type=sha', 'type=ref,event=branch']
    expect(run(trigger, { tags: rules, flavor: ['latest=true'] })).toMatchObject({ immutable: null, moving: ['pr-7'] })
    const named = run(trigger, { tags: [...rules, 'type=ref,event=pr,prefix=pull-'], flavor: ['latest=true'] })
    expect(named).toMatchObject({ immutable: null, moving: ['pull-7'] })
    expect(named.fixed ?? []).toEqual([])
  })

  test('a branch that is called like a commit or a pull request takes neither’s tag', () => {
    for (const branch of ['abcdef1', 'pr-12', '2639bd3']) {
      const trigger = createTrigger({ ref: `refs/heads/${branch}`, branch })
      expect(run(trigger, { tags: ['type=ref,event=branch'] }).moving).toEqual([`branch-${branch}`])
    }
  })

  test('what caused a workflow_run is not on the branch of its ref', () => {
    const trigger = createTrigger({ kind: 'workflow_run', event: 'workflow_run', head: `${'1'.repeat(40)}` })
    const tags = ['type=ref,event=branch', 'type=edge', 'type=raw,latest,enable={{is_default_branch}}']
    expect(run(trigger, { tags })).toMatchObject({ immutable: '2639bd3', moving: [] })
  })

  test('an untrusted run gets the commit’s own tag, whatever the rules say', () => {
    const trigger = createTrigger({ kind: 'workflow_run', event: 'workflow_run', trust: 'untrusted' })
    const tags = ['type=ref,event=branch', 'type=raw,value=latest', 'preset=jupyter']
    const { immutable, fixed = [], moving } = run(trigger, { tags })
    expect({ immutable, fixed, moving }).toEqual({ immutable: '2639bd3', fixed: [], moving: [] })
  })

  // The label of the version is what metadata-action's is: the tag of the highest priority.
  test.each([
    ['without rules', [], undefined, 'main'],
    ['by priority', ['type=raw,value=1,priority=10', 'type=raw,value=2,priority=20'], undefined, '2'],
    ['the commit’s', ['preset=jupyter'], undefined, '2639bd3f0000'],
    ['of a forced rebuild, whose commit’s tag is another’s', ['preset=jupyter'], '20261121', '2026-11-21'],
    ['where no rule gives one', ['type=ref,event=tag'], undefined, '2639bd3'],
  ])('the version %s', (_, tags, rebuild, version) => {
    expect(run(createTrigger(), { tags, ...(rebuild ? { rebuild } : {}) }).version).toBe(version)
  })

  test('rules that fail and rules that are wrong', () => {
    expect(run(createTrigger(), { tags: ['type=match,pattern=^v,value=x'] }).notes).toHaveLength(1)
    expect(() => run(createTrigger(), { tags: ['type=nope'] })).toThrow(/input tags/)
    expect(() => run(createTrigger(), { flavor: ['nope'] })).toThrow(/input flavor/)
  })
})
