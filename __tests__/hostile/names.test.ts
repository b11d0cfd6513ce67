import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { pushEvent } from '../../sandbox/github/events.ts'
import { ActionError } from '../../src/errors.ts'
import { decide } from '../../src/steps/decide.ts'
import { detect, readEvent } from '../../src/steps/detect.ts'
import { oddNames } from '../differential/names.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createRepository, type Repository } from '../helpers/repository.ts'
import { createStore } from '../never-miss/fake-run.ts'
import { makeHistory } from '../never-miss/history.ts'
import { actionsOf, runPlan } from './plan-command.ts'

jest.setTimeout(240_000)

const repository = { owner: 'pangeo', name: 'images', id: 1, defaultBranch: 'main' }
const dockerfile = 'FROM debian:12\nCOPY . /x\n'
/** What the OCI's rules allow after the colon, and before it. */
const tag = /^registry\.test\/team\/a:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
const folders = oddNames.filter((name) => !/^\.{1,2}$|\//.test(name))

let checkout: Repository
beforeAll(async () => {
  checkout = await createRepository()
  checkout.commit({ 'a/Dockerfile': dockerfile })
})
afterAll(async () => await checkout[Symbol.asyncDispose]())

/** A push to this ref, as far as the plan. Gives its tags, or the error that a person reads. */
async function pushed(ref: string, tags: readonly string[] = []): Promise<readonly string[] | ActionError> {
  const sha = checkout.run('rev-parse', 'HEAD')
  const file = path.join(checkout.folder, '.git/event.json')
  writeFileSync(file, JSON.stringify(pushEvent({ repository, ref, before: null, after: sha })))
  const event = { name: 'push', path: file, ref, sha, base: null, head: null }
  const host = createHost({ cwd: checkout.folder, env: { PATH: process.env.PATH }, event })
  const inputs = createInputs({ registry: ['registry.test/team'], push: true, tags })
  try {
    const source = await detect({ trigger: await readEvent({ inputs, host }), inputs, host })
    const { plan } = await decide({ source, inputs, host, registry: createStore() })
    return plan.images.flatMap((image) => image.tags)
  } catch (error) {
    if (error instanceof ActionError) return error
    throw error
  }
}

function expectTagsOrRefusal(said: readonly string[] | ActionError): void {
  if (said instanceof ActionError) expect(said.message).not.toBe('')
  else for (const name of said) expect(name).toMatch(tag)
}

describe('names of every kind', () => {
  it.each(oddNames)('%j as a branch and as a tag: tags that a registry takes, or a refusal', async (name) => {
    const rules = ['type=ref,event=branch', 'type=ref,event=tag', 'type=semver,pattern={{version}}', 'type=sha']
    expectTagsOrRefusal(await pushed(`refs/heads/${name}`))
    expectTagsOrRefusal(await pushed(`refs/tags/${name}`, rules))
    expectTagsOrRefusal(await pushed(`refs/heads/my/${name}`, [...rules, `type=raw,value=${name}`]))
  })

  it('as files: each is found, as git itself lists it', async () => {
    await using odd = await createRepository()
    const files = (text: string) => ({
      ...Object.fromEntries(oddNames.map((name) => [`a/${name}`, { mode: '100644', text }])),
      'a/Dockerfile': { mode: '100644', text: dockerfile },
      'b/Dockerfile': { mode: '100644', text: dockerfile },
    })
    const [base = '', head = ''] = makeHistory(odd.folder, [
      { parents: [], files: files('1') },
      { parents: [0], files: files('2') },
    ])
    odd.run('reset', '--quiet', '--hard', head)
    const listed = odd.run('diff', '--name-only', '-z', base, head).split('\0').filter(Boolean)
    expect([...(await odd.git.changedFiles(base, head))].sort()).toEqual(listed.sort())
    expect(listed).toHaveLength(new Set(oddNames).size)
    expect(actionsOf(runPlan(odd.folder, '--base', base, '--format', 'json'))).toEqual({ a: 'build', b: 'skip' })
    // What a person reads has no line, colour or direction of its own making.
    const { stdout, stderr } = runPlan(odd.folder, '--base', base)
    for (const character of ['\r', '\x1b', '\x07', '\u202e', '\u2028', '\n::'])
      expect(stdout + stderr).not.toContain(character)
  })

  it('as folders of images: a name that a registry takes, or a refusal that tells it', async () => {
    await using odd = await createRepository()
    const commits = folders.map((name) => ({
      parents: [],
      files: { [`${name}/Dockerfile`]: { mode: '100644', text: dockerfile } },
    }))
    const made = makeHistory(odd.folder, commits)
    const counts = { named: 0, refused: 0 }
    for (const [at, name] of folders.entries()) {
      const event = { name: 'local', path: null, ref: '', sha: '', base: null, head: made[at] ?? '' }
      const host = createHost({ cwd: odd.folder, env: { PATH: process.env.PATH }, event })
      const inputs = createInputs()
      const found = await detect({ trigger: await readEvent({ inputs, host }), inputs, host }).catch((error) => error)
      counts[found instanceof ActionError ? 'refused' : 'named'] += 1
      if (found instanceof ActionError)
        expect([found.code, found.message]).toEqual(['stack', expect.stringContaining(name)])
      else expect(found.stack.images[0].repository).toMatch(/^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/)
    }
    expect(counts.named).toBeGreaterThan(5)
    expect(counts.refused).toBeGreaterThan(50)
  })

  it('as names of images on the command line: a refusal, and nothing runs', () => {
    for (const name of ['--', '-', ...folders.filter((name) => !name.startsWith('-'))].slice(0, 20)) {
      const ended = runPlan(checkout.folder, '--', name)
      expect([ended.status, ended.stdout]).toEqual([2, ''])
    }
  })
})
