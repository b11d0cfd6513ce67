import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { updateBlocks } from '../publish/blocks.ts'
import { firstSeen } from '../publish/first-seen.ts'
import { basePairs, type Recorded } from '../publish/recorded.ts'
import { findImage } from '../stack/index.ts'
import { shortLength } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import { createRegistry } from '../tools/registry.ts'
import { workTreeFiles, writeFiles } from '../tools/repository-files.ts'
import type { Trigger } from '../trigger/types.ts'
import type { Verdict } from './conclude.ts'
import { detect } from './detect.ts'
import { documentsOf, type Told, type ToldDocuments } from './history-documents.ts'
import { type HistoryScene, readRecorded, recordedAt } from './history-images.ts'
import { lockedStates } from './history-packages.ts'
import { readJournals } from './journal-effects.ts'
import { stackPlace } from './stack-place.ts'

interface Question {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

/**
 * What was published, from what the registries and git hold: the images with their sizes, which stand on which, since when
 * they have a package, who moved which tags; and the same images as hubs take them. Builds nothing and moves no tag.
 */
export async function tellHistory(question: Question): Promise<Verdict> {
  const { inputs, host } = question
  const scene = await sceneOf(question)
  const told = await gather(scene)
  const documents = await documentsOf(told, scene)
  await host.out.result({
    json: jsonOf(told),
    text: inputs.show === '' ? documents.page : documents[inputs.show],
    markdown: (limit) => fitting(documents, limit),
  })
  await keep(documents, told, host)
  await rewrite(documents, scene)
  if (inputs.wiki) await publishWiki(documents, scene)
  return { ok: true, message: '', details: [] }
}

async function sceneOf({ trigger, inputs, host }: Question): Promise<HistoryScene> {
  if (inputs.registry.length === 0)
    throw new ActionError('input', 'history needs the input registry: it tells what was published there', [
      'for example `registry: quay.io/pangeo`',
    ])
  const source = await detect({ trigger, inputs: { ...inputs, images: [] }, host })
  const registry = createRegistry({ env: host.env, login: trigger.trust === 'trusted', signal: host.signal })
  const chosen = new Set(inputs.images.map((text) => findImage(source.stack, text).name))
  const byName = new Map(source.stack.images.map((image) => [image.name, image]))
  const images = source.stack.order
    .map((name) => byName.get(name) as Image)
    .filter((image) => !image.skip && (chosen.size === 0 || chosen.has(image.name)))
  return { source, inputs, host, registry, images }
}

async function gather(scene: HistoryScene): Promise<Told> {
  const { inputs, registry, source } = scene
  const place = await stackPlace(scene)
  const [recorded, states, entries] = await Promise.all([
    readRecorded(scene, place),
    lockedStates(scene),
    readJournals(registry, place.places, place.stack),
  ])
  const whole = recorded.find(({ images }) => images.length === scene.images.length)
  const tag = inputs.from || (whole ?? recorded[0])?.commit.slice(0, shortLength)
  const none: Recorded = { commit: source.commit ?? '', created: null, images: [] }
  return {
    stack: place.stack,
    current: tag ? await currentOf(scene, tag, inputs.from === '' ? (whole ?? recorded[0] ?? none) : null) : none,
    recorded,
    pairs: basePairs(recorded),
    packages: firstSeen(states, inputs.packagesOfInterest),
    entries,
  }
}

/** The images that are shown and given to hubs, as the registry has them now. Of `newest` some may not have been published. */
async function currentOf(scene: HistoryScene, tag: string, newest: Recorded | null): Promise<Recorded> {
  const all = newest === null || newest.images.length === scene.images.length
  const found = await recordedAt(scene, tag, all)
  return newest ? { ...found, commit: newest.commit, created: newest.created } : found
}

function jsonOf({ stack, current, recorded, pairs, packages, entries }: Told): unknown {
  return { stack, current, published: recorded, bases: pairs, packages, moves: entries }
}

/** A summary that is too long is shown nowhere. */
function fitting({ page, images }: ToldDocuments, limit: number): string {
  return Buffer.byteLength(page) <= limit
    ? page
    : `${images}\nThe rest is too long for a summary: see the output history.\n`
}

/** All documents as files, for artifacts and deployments. */
async function keep(documents: ToldDocuments, told: Told, host: Host): Promise<void> {
  const folder = path.join(host.kept, 'history')
  const json = { path: 'history.json', text: `${JSON.stringify(jsonOf(told), null, 2)}\n` }
  for (const file of [...documents.files, json]) {
    const target = path.join(folder, file.path)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, file.text)
  }
  host.out.output('history', folder)
}

/** The marked blocks of pages in the work tree. All are read before the first is written. */
async function rewrite({ blocks }: ToldDocuments, { inputs, host }: HistoryScene): Promise<void> {
  if (inputs.readme.length === 0) return
  const { contents, refused } = await workTreeFiles(host.cwd).read(inputs.readme)
  const bad = inputs.readme.find((name) => !contents.has(name))
  if (bad !== undefined)
    throw new ActionError('input', `input readme: ${bad} cannot be read: ${refused.get(bad) ?? 'it is not there'}`, [
      'it is a Markdown file with the marks of docs/history.md',
    ])
  const files = [...contents].map(([name, text]) => ({ path: name, text: updateBlocks(text, blocks, name) }))
  const changed = files.filter((file) => file.text !== contents.get(file.path))
  if (!inputs.dryRun) await writeFiles(host.cwd, changed)
  const what = changed.length > 0 ? `${changed.map((file) => file.path).join(', ')} rewritten` : 'nothing to rewrite'
  host.out.info(inputs.dryRun ? `dry run: ${what}` : what)
}

async function publishWiki({ pages }: ToldDocuments, { source, inputs, host }: HistoryScene): Promise<void> {
  const { trigger } = source
  if (trigger.trust !== 'trusted') return host.out.notice(`the wiki is left alone: ${trigger.trustReason}`)
  if (!trigger.repository || inputs.githubToken === '')
    throw new ActionError('input', 'input wiki: true, but there is no repository on GitHub or no token', [
      'run it in a workflow, with `contents: write` for github-token',
    ])
  if (inputs.dryRun) return host.out.info(`dry run: would write ${pages.length} pages to the wiki`)
  const { pushWiki } = await import('../tools/wiki.ts')
  const { owner, name } = trigger.repository
  const commit = await pushWiki({
    url: `${host.env.GITHUB_SERVER_URL || 'https://github.com'}/${owner}/${name}.wiki.git`,
    token: inputs.githubToken,
    pages,
    message: `Tell what ${source.commit?.slice(0, 7) ?? 'this commit'} published`,
    folder: path.join(host.temp, 'wiki'),
    env: host.env,
    signal: host.signal,
  })
  host.out.info(commit ? `the wiki is at ${commit.slice(0, 7)}` : 'the wiki says so already')
}
