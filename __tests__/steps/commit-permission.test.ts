import { describe, expect, it } from '@jest/globals'
import { git } from '../../sandbox/github/git.ts'
import { buildsAfterCommit, markCommit } from '../../src/steps/commit-after.ts'
import { canCommit } from '../../src/steps/commit-permission.ts'
import { localTrigger } from '../../src/trigger/read-trigger.ts'
import { createTrigger } from '../helpers/trigger.ts'
import { openPullScene, tokens } from './pull-scene.ts'

describe('canCommit', () => {
  it.each<[string, 1 | 2 | 3, keyof typeof tokens, string | null]>([
    ['a branch of the repository, by its workflow', 1, 'workflow', null],
    ['by an App', 1, 'app', null],
    ['by a person with write access', 1, 'maintainer', null],
    ['by a workflow that may only read', 1, 'reading', 'may not write to this repository'],
    ['a fork that allows edits, by a maintainer', 2, 'maintainer', null],
    ['a fork that allows edits, by the workflow', 2, 'workflow', 'has no place there'],
    ['a fork that allows edits, by an App', 2, 'app', 'has no place there'],
    ['a fork that allows edits, by a stranger', 2, 'stranger', 'stranger has no write access'],
    ['a fork that does not, by a maintainer', 3, 'maintainer', 'does not allow edits by maintainers'],
  ])('%s', async (_title, number, token, reason) => {
    await using scene = await openPullScene()
    const permission = await canCommit({ ...scene.asker(tokens[token]), trigger: scene.trigger(number) })
    if (reason === null) {
      const head = number === 1 ? scene.topic : scene.patch
      expect(permission).toMatchObject({ can: true, target: { head, pullRequest: number, fork: number > 1 } })
    } else expect(permission).toMatchObject({ can: false, offer: true, reason: expect.stringContaining(reason) })
  })

  // Broken by: finding out with a ref, a file or anything else that somebody sees.
  it('leaves nothing behind in the repository', async () => {
    await using scene = await openPullScene()
    const refs = async () => await git({ directory: scene.base }, 'for-each-ref')
    const before = await refs()
    await canCommit({ ...scene.asker(), trigger: scene.trigger(1) })
    expect(await refs()).toBe(before)
  })

  it('offers nothing where there is nobody to take it', async () => {
    await using scene = await openPullScene()
    scene.github.setPull({ number: 1, head: { branch: 'topic' }, state: 'closed' })
    const asker = scene.asker()
    expect(await canCommit({ ...asker, trigger: scene.trigger(1) })).toMatchObject({ can: false, offer: false })
    const local = localTrigger({ base: null, head: null, branch: null })
    for (const trigger of [createTrigger(), local])
      expect(await canCommit({ ...asker, trigger })).toMatchObject({ can: false, offer: false })
  })

  // Broken by: a red run where GitHub is not well, or hides the pull request.
  it('is no where GitHub does not answer', async () => {
    await using scene = await openPullScene()
    scene.github.fail({
      path: /\/pulls\/1$/,
      failure: { status: 403, message: 'Resource not accessible by integration' },
    })
    const permission = await canCommit({ ...scene.asker(), trigger: scene.trigger(1) })
    expect(permission).toMatchObject({ can: false, offer: true, reason: expect.stringContaining('not accessible') })
  })

  it('tells of a fork that is gone', async () => {
    await using scene = await openPullScene()
    scene.github.setPull({ number: 2, head: { branch: 'patch', repository: null, sha: scene.patch } })
    const permission = await canCommit({ ...scene.asker(), trigger: scene.trigger(2) })
    expect(permission).toMatchObject({ can: false, offer: true, reason: expect.stringContaining('is gone') })
  })
})

describe('after the commit', () => {
  it.each([
    ['auto', tokens.workflow, true],
    ['auto', tokens.app, false],
    ['auto', tokens.maintainer, false],
    ['build', tokens.app, true],
    ['stop', tokens.workflow, false],
  ] as const)('with %s and the token %s', async (setting, token, build) => {
    await using scene = await openPullScene()
    const { account } = await canCommit({ ...scene.asker(token), trigger: scene.trigger(1) })
    expect(buildsAfterCommit(setting, account).build).toBe(build)
  })

  it('shows the run on the new commit, and is not red where it may not', async () => {
    await using scene = await openPullScene()
    const repository = { owner: 'pangeo', name: 'images' }
    const status = { repository, sha: scene.topic, state: 'success', stack: 'images', description: '2 built' } as const
    await markCommit({ ...scene.asker(), ...status })
    await markCommit({ ...scene.asker(tokens.reading), ...status })
    expect(scene.github.statuses(scene.topic)).toEqual([
      expect.objectContaining({ state: 'success', context: 'buildx-action (images)' }),
    ])
    expect(scene.host.said).toEqual([['notice', expect.stringContaining('statuses: write')]])
  })
})
