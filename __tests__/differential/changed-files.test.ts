import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { createTemporary } from '../helpers/temporary.ts'
import { differences, type PeerName } from './differences.ts'
import { ourFiles } from './ours.ts'
import { scenarios } from './scenarios.ts'
import { makeWorld } from './world.ts'

jest.setTimeout(60_000)

type Said = readonly string[] | { readonly error: string }

/** What the peers said of the same repositories; `node scripts/differential.ts DIR` writes it. */
const recorded = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../fixtures/differential/recorded.json'), 'utf8'),
) as {
  readonly peers: readonly { readonly name: PeerName; readonly commit: string }[]
  readonly scenarios: Readonly<Record<string, Partial<Readonly<Record<PeerName, Said>>>>>
}

/** Differences by which we name fewer files than a peer: another base is compared with. */
const fewer = new Set<keyof typeof differences>([
  ...(['the push, not the branch', 'what the branch did', 'what is checked out'] as const),
  ...(['from where both were alike', 'a submodule as one path', 'odd names', 'trees, not branches'] as const),
])

describe('the files of a change, against other actions on the same repositories', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (name, scenario) => {
    await using temporary = await createTemporary()
    await using world = await makeWorld(temporary.folder, scenario)
    const ours = await ourFiles(temporary.folder, scenario, world)
    const said = Object.entries(recorded.scenarios[name] ?? {}) as [PeerName, Said][]

    expect(said.length).toBeGreaterThanOrEqual(1)
    for (const [peer, theirs] of said) {
      const reason = scenario.differs?.[peer]
      if (reason === undefined) expect({ peer, files: ours }).toEqual({ peer, files: theirs })
      // A difference that is gone must leave the tables, too.
      else expect({ peer, reason, files: ours }).not.toEqual({ peer, reason, files: theirs })
      if (reason !== undefined && Array.isArray(theirs) && !fewer.has(reason))
        expect(ours).toEqual(expect.arrayContaining([...theirs]))
    }
    for (const file of ours) expect(file.startsWith('"')).toBe(false)
  })

  it('was recorded of every scenario, and of no other one', () => {
    expect(Object.keys(recorded.scenarios).sort()).toEqual(scenarios.map(({ name }) => name).sort())
  })

  it('differs only in ways that docs/changes.md names', () => {
    const page = readFileSync(path.join(import.meta.dirname, '../../docs/changes.md'), 'utf8')
    for (const [title, text] of Object.entries(differences)) {
      expect(page).toContain(title)
      expect(page).toContain(text)
    }
    const used = new Set(scenarios.flatMap(({ differs }) => Object.values(differs ?? {})))
    expect([...used].sort()).toEqual(Object.keys(differences).sort())
  })
})
