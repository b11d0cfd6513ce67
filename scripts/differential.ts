/**
 * `node scripts/differential.ts DIR [SCENARIO]`: runs other actions that tell what changed, as GitHub's runner would, on the repositories
 * of __tests__/differential/scenarios.ts, and writes what they say to __tests__/fixtures/differential/recorded.json, with
 * which the tests compare this action. DIR has a copy of each repository below, with its dist/, in a folder `owner+name`.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KnownScenario, PeerName } from '../__tests__/differential/differences.ts'
import { named, ourFiles } from '../__tests__/differential/ours.ts'
import { scenarios } from '../__tests__/differential/scenarios.ts'
import { makeWorld, type World } from '../__tests__/differential/world.ts'
import { createTemporary } from '../__tests__/helpers/temporary.ts'
import { runAction } from '../sandbox/runner/run-action.ts'

interface Peer {
  readonly repository: string
  /** The commit of the copy that was run. */
  readonly commit: string
  readonly version: string
  readonly inputs: (scenario: KnownScenario, world: World) => Readonly<Record<string, string>>
  readonly output: string
  readonly token?: string
  readonly runs?: (scenario: KnownScenario) => boolean
}

const pathsFilter = {
  repository: 'dorny/paths-filter',
  commit: 'b41dfa943b1939b9b646f67753bfe35cf6e4de03',
  version: 'v4.0.2 and three commits',
  output: 'all_files',
  inputs: (scenario: KnownScenario, world: World) => ({
    filters: 'all: ["**"]',
    'list-files': 'json',
    base: named(scenario.base, scenario, world)?.replace('origin/', '') ?? '',
    ref: named(scenario.head, scenario, world) ?? '',
  }),
}
const peers: Readonly<Record<PeerName, Peer>> = {
  'paths-filter': {
    ...pathsFilter,
    inputs: (scenario, world) => ({ ...pathsFilter.inputs(scenario, world), token: '' }),
    runs: ({ event }) => !('pull' in event && event.target),
  },
  'paths-filter, API': { ...pathsFilter, token: 'ghs_0', runs: ({ event }) => 'pull' in event },
  'changed-files': {
    repository: 'tj-actions/changed-files',
    commit: '778ca51dd262f0b33085d14089d652a53707f25b',
    version: 'v47.0.6 and nine commits',
    output: 'all_changed_and_modified_files',
    inputs: (scenario, world) => ({
      ...{ json: 'true', escape_json: 'false', quotepath: 'false', safe_output: 'false' },
      base_sha: scenario.base === 'HEAD' ? '' : (named(scenario.base, scenario, world) ?? ''),
      sha: named(scenario.head, scenario, world) ?? '',
    }),
  },
}

const [copies = '', only] = process.argv.slice(2)
if (!existsSync(copies)) {
  console.error('usage: node scripts/differential.ts DIR [SCENARIO]')
  process.exit(2)
}
const recorded: Record<string, Record<string, readonly string[] | { readonly error: string }>> = {}
for (const scenario of scenarios.filter(({ name }) => only === undefined || name === only)) {
  await using temporary = await createTemporary()
  recorded[scenario.name] = {}
  for (const [name, peer] of Object.entries(peers)) {
    if (peer.runs && !peer.runs(scenario)) continue
    const folder = join(temporary.folder, name)
    await using world = await makeWorld(folder, scenario)
    const ours = await ourFiles(folder, scenario, world)
    const theirs = await run(peer, { scenario, world, folder })
    recorded[scenario.name]![name] = theirs
    tell(scenario, name as PeerName, { ours, theirs })
  }
}
if (only === undefined) writeRecord()

/** A line for each comparison, and the files where they differ and nobody said that they do. */
function tell(scenario: KnownScenario, name: PeerName, files: { ours: readonly string[]; theirs: unknown }): void {
  const known = scenario.differs?.[name]
  const same = String(files.ours) === String(files.theirs)
  const verdict = same ? (known ? `no more: ${known}` : 'same') : (known ?? 'DIFFERENT')
  console.log(`${verdict}: ${scenario.name}: ${name}`)
  if (!same && (only || !known)) console.log(files)
}

/** A line for each scenario, so that a difference is easy to read. */
function writeRecord(): void {
  const known = Object.entries(peers).map(([name, { repository, version, commit }]) =>
    JSON.stringify({ name, repository, version, commit }),
  )
  const lines = Object.entries(recorded).map(([name, said]) => `${JSON.stringify(name)}: ${JSON.stringify(said)}`)
  writeFileSync(
    '__tests__/fixtures/differential/recorded.json',
    `{\n"peers": [\n${known.join(',\n')}\n],\n"scenarios": {\n${lines.join(',\n')}\n}\n}\n`,
  )
}

/** The files that a peer names, or how it fails. */
async function run(peer: Peer, at: { scenario: KnownScenario; world: World; folder: string }) {
  const { world, scenario, folder } = at
  const ended = await runAction({
    actionDir: join(copies, peer.repository.replace('/', '+')),
    workspace: world.clone,
    event: world.event.payload,
    eventName: world.event.name,
    ref: world.event.ref,
    sha: world.event.sha,
    repository: 'pangeo/images',
    inputs: peer.inputs(scenario, world),
    env: { HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
    apiUrl: world.github.apiUrl,
    ...(peer.token ? { token: peer.token } : {}),
  })
  if (ended.outcome !== 'success')
    return { error: (ended.annotations.at(0)?.message ?? ended.log).slice(0, 300).replaceAll(folder, '…') }
  const text = ended.outputs[peer.output]
  return (text ? (JSON.parse(text) as string[]) : []).sort()
}
