import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import type { CacheService } from '../../sandbox/cache/types.ts'
import { cleanUp } from '../../src/steps/clean-up.ts'
import { restoreStore } from '../../src/steps/restore-store.ts'
import { createHost, type RecordingHost } from '../helpers/host.ts'
import { createTemporary, type Temporary } from '../helpers/temporary.ts'

let temporary: Temporary
let service: CacheService
beforeEach(async () => {
  temporary = await createTemporary()
  service = await startCacheService()
})
afterEach(async () => {
  await service[Symbol.asyncDispose]()
  await temporary[Symbol.asyncDispose]()
})

/** A run of the action on a machine of that name, with the state that its main step left. */
function runOn(machine: string, state: Readonly<Record<string, string>> = {}): RecordingHost {
  const home = path.join(temporary.folder, machine)
  const env = {
    ...{ PATH: process.env.PATH, RUNNER_TEMP: home, RUNNER_TOOL_CACHE: path.join(home, 'tools') },
    ...service.env([{ ref: 'refs/heads/main', write: true }]),
    ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
  }
  return createHost({ kind: 'action', env, temp: path.join(home, 'temp') })
}

function stateOf({ said }: RecordingHost): Record<string, string> {
  const states = said.filter(([method]) => method === 'state').map(([, name, value]) => [name, value])
  return Object.fromEntries(states)
}

const methods = () => service.requests().map(({ method }) => method)
const ended = { ended: 'well' }

/** A main step that finds what there is, reads `text`, and ends well; its post step; what the two left for the next one. */
async function whole(machine: string, text: string): Promise<RecordingHost> {
  const main = runOn(machine)
  const folder = await restoreStore(main, 'trusted')
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'document'), text)
  const post = runOn(machine, { ...stateOf(main), ...ended })
  await cleanUp(post)
  expect(post.said.filter(([method]) => method === 'warning')).toEqual([])
  return main
}

describe('the store of channels’ data', () => {
  it('is saved when it is new or changed, and not when it is what was restored', async () => {
    expect(stateOf(await whole('one', 'first'))).toEqual({ store: 'none' })
    const [entry] = service.entries()
    expect(entry?.key).toMatch(/^buildx-action-repodata-1-1-[0-9a-f]{16}-1$/)
    // Broken by: a digest of times or of anything else that a restore changes.
    expect(stateOf(await whole('two', 'first'))).toEqual({ store: entry?.key })
    expect(service.entries()).toEqual([entry])
    await whole('three', 'second')
    expect(service.entries()).toHaveLength(2)
    // The newest is taken.
    expect(stateOf(await whole('four', 'second'))).toEqual({ store: service.entries()[1]?.key })
    expect(service.entries()).toHaveLength(2)
  }, 60_000)

  it('is asked of nobody by a machine that has it, and on the command line', async () => {
    await whole('one', 'text')
    const before = methods()
    const again = runOn('one')
    expect(await restoreStore(again, 'trusted')).toBe(path.join(temporary.folder, 'one/tools/buildx-action/repodata'))
    expect(stateOf(again)).toEqual({})
    const cli = createHost({ env: { ...again.env, XDG_CACHE_HOME: path.join(temporary.folder, 'xdg') } })
    expect(await restoreStore(cli, 'trusted')).toBe(path.join(temporary.folder, 'xdg/buildx-action/repodata'))
    expect(methods()).toEqual(before)
  }, 60_000)

  it('of an untrusted run goes with it: nothing is noted for the post step', async () => {
    await whole('one', 'text')
    const main = runOn('two')
    expect(await restoreStore(main, 'untrusted')).toBe(path.join(temporary.folder, 'two/temp/repodata'))
    expect(stateOf(main)).toEqual({})
    expect(service.requests().at(-1)?.method).toBe('download')
  }, 60_000)

  it('is not saved by a run that failed or was cancelled, nor when nothing was solved, nor when it is empty', async () => {
    const main = runOn('one')
    const folder = await restoreStore(main, 'trusted')
    const before = methods()
    await cleanUp(runOn('one', { store: 'none', ...ended }))
    await mkdir(folder, { recursive: true })
    await cleanUp(runOn('one', { store: 'none', ...ended }))
    await writeFile(path.join(folder, 'document'), 'text')
    await cleanUp(runOn('one', { store: 'none' }))
    await cleanUp(runOn('one', { store: 'none', ended: 'badly' }))
    await cleanUp(runOn('one', ended))
    expect(methods()).toEqual(before)
  }, 60_000)

  it('is not saved with a link in it: what is elsewhere on the machine stays there', async () => {
    const folder = await restoreStore(runOn('one'), 'trusted')
    await mkdir(folder, { recursive: true })
    await writeFile(path.join(folder, 'document'), 'text')
    await symlink('/etc/hostname', path.join(folder, 'link'))
    const post = runOn('one', { store: 'none', ...ended })
    await cleanUp(post)
    expect(post.said.filter(([method]) => method === 'warning')).toEqual([
      ['warning', 'channels’ data: not kept for later runs: link is neither file nor folder'],
    ])
    await rm(folder, { recursive: true })
    await symlink('/etc', folder)
    await cleanUp(runOn('one', { store: 'none', ...ended }))
    expect(service.entries()).toEqual([])
  }, 60_000)
})
