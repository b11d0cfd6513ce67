import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { findChanges, namedCommit } from '../../src/steps/changes.ts'
import { readEvent } from '../../src/steps/detect.ts'
import { Git } from '../../src/tools/git.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { allFiles, type Scenario, type World } from './world.ts'

/** The files that the action takes for changed there, sorted; all of them where it says that it cannot tell. */
export async function ourFiles(folder: string, scenario: Scenario, world: World): Promise<string[]> {
  const { clone, event, github } = world
  const file = path.join(folder, 'event.json')
  writeFileSync(file, JSON.stringify(event.payload))
  const host = createHost({
    cwd: clone,
    env: { PATH: process.env.PATH, HOME: folder, GITHUB_API_URL: github.apiUrl },
    event: {
      ...{ name: event.name, path: file, ref: event.ref, sha: event.sha },
      base: named(scenario.base, scenario, world),
      head: named(scenario.head, scenario, world),
    },
  })
  const inputs = createInputs({ githubToken: 'ghs_0' })
  const trigger = await readEvent({ inputs, host })
  const git = new Git({ cwd: clone, env: host.env })
  const revision = host.event.head ? await namedCommit(git, host.event.head, '--head') : null
  const { complete, files } = await findChanges({ git, trigger, revision, inputs, host })
  return (complete ? [...files] : allFiles(world)).sort()
}

/** A commit of the scenario by its name, anything else as it is. */
export function named(revision: string | undefined, { commits }: Scenario, { sha }: World): string | null {
  if (revision === undefined) return null
  return Object.hasOwn(commits, revision) ? sha(revision) : revision
}
