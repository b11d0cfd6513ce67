import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { run } from '../world/run.ts'
import type { Files, Played, PlayOptions, Stage } from './stage.ts'

/** What the demo plays, and how it has to end for the demo to be green. */
export interface Act {
  readonly title: string
  readonly story: string
  readonly play: (stage: Stage, options: PlayOptions) => Promise<Played>
  readonly expected: (played: Played, stage: Stage) => boolean | Promise<boolean>
  /** What else is worth a look when it is over: a title and a text. */
  readonly shows?: (stage: Stage) => Promise<readonly [string, string]>
  /** It moves tags and builds nothing. */
  readonly moves?: true
  /** The pull request that it is about. */
  readonly pull?: number
  /** Inputs of this act alone. */
  readonly inputs?: Readonly<Record<string, string>>
}

const added = 'dill'
/** The folder of the image that the pull request is about. */
export const notebook = 'images/pangeo-notebook'
const [older, newer] = ['2026.10.01', '2026.11.21']

/** From the first push to a revert, in the order in which they are played. */
export const acts: readonly Act[] = [
  {
    title: 'The first push to main publishes the stack',
    story: 'Four images are built in order, tested, and get the commit’s tag; then all of them, at once, the branch’s.',
    play: async (stage, options) => await stage.push({ message: 'Begin' }, options),
    expected: ({ outcome, outputs }) => outcome === 'success' && count(outputs.built) === 4,
  },
  {
    title: `The git tag ${older} releases it`,
    story: 'Nothing is built: the images of that commit get the tag, and latest.',
    moves: true,
    play: async (stage, options) => await stage.tag(older, {}, options),
    expected: async ({ outcome }, stage) => outcome === 'success' && (await same(stage, older, 'main')),
  },
  {
    title: `${older} is promoted to stable`,
    story: 'Somebody starts the workflow by hand: command: promote. The tag moves for all images or for none.',
    moves: true,
    inputs: { command: 'promote', from: older, to: 'stable' },
    play: async (stage, options) => await stage.dispatch(options),
    expected: async ({ outcome }, stage) => outcome === 'success' && (await same(stage, 'stable', older)),
  },
  {
    title: 'A pull request adds a package to pangeo-notebook',
    story:
      'Only environment.yml changes. The run makes the locks that are stale by that, ml-notebook’s too: it is made from the same\nfile. They are built with, committed to the pull request, and what differs is a comment. push: true gives them the tag pr-1.',
    pull: 1,
    inputs: { push: 'true' },
    play: async (stage, options) =>
      await stage.pullRequest({ files: await addPackage(stage), branch: added, message: `Add ${added}` }, options),
    expected: ({ outcome, outputs, log }) =>
      outcome === 'success' && count(outputs.built) === 2 && log.includes(' committed ('),
    shows: async (stage) => [
      'The comment on the pull request, folded',
      folded(stage.github.comments(1).at(-1)?.body ?? ''),
    ],
  },
  {
    title: 'Somebody pushes to the pull request again',
    story:
      'The locks are those of the commit before: they are fresh, so nothing is solved or committed. The images are those of the\nrun before, by their fingerprints: nothing is built.',
    pull: 1,
    inputs: { push: 'true' },
    play: async (stage, options) =>
      await stage.pullRequest(
        { files: { 'images/NOTES.md': 'dill is for checkpoints.\n' }, branch: added, message: 'Say why' },
        options,
      ),
    expected: ({ outcome, outputs, log }) =>
      outcome === 'success' && !outputs.locks && count(outputs.built) === 0 && !log.includes(' committed ('),
    shows: async (stage) => ['Commits of the pull request', await commits(stage)],
  },
  {
    title: 'It is merged: main gets what the pull request built and tested',
    story: 'Nothing is built. All four images get the new commit’s tag, then main’s.',
    play: async (stage, options) => await stage.push({ merge: added }, options),
    expected: async ({ outcome, outputs }, stage) =>
      outcome === 'success' && count(outputs.built) === 0 && (await same(stage, 'main', 'pr-1', changed)),
  },
  {
    title: `The git tag ${newer} releases that, with notes`,
    story: 'What changed in the locks since the release before, how the images’ sizes changed, and how to pull them.',
    moves: true,
    play: async (stage, options) => await stage.tag(newer, {}, options),
    expected: async ({ outcome }, stage) =>
      outcome === 'success' && (await same(stage, newer, 'main')) && (await same(stage, 'latest', newer)),
    shows: async (stage) => ['The release on GitHub, folded', folded(releaseNotes(stage))],
  },
  {
    title: `${newer} is promoted to stable`,
    story: 'As before; the journal in the registry keeps who moved what, from where to where.',
    moves: true,
    inputs: { command: 'promote', from: newer, to: 'stable' },
    play: async (stage, options) => await stage.dispatch(options),
    expected: async ({ outcome }, stage) => outcome === 'success' && (await same(stage, 'stable', newer)),
  },
  {
    title: 'A push breaks ml-notebook',
    story: 'Its sibling is built all the same, the run is red, and main’s tags stay where they are.',
    play: async (stage, options) => await stage.push({ files: await breakImage(stage), message: 'Break it' }, options),
    expected: async ({ outcome, outputs }, stage) =>
      outcome === 'failure' && count(outputs.built) === 1 && (await same(stage, 'main', newer)),
  },
  {
    title: 'A user finds a bug: stable is reverted',
    story: `command: revert, to: previous. The journal knows where stable was: at ${older}.`,
    moves: true,
    inputs: { command: 'revert', to: 'previous' },
    play: async (stage, options) => await stage.dispatch(options),
    expected: async ({ outcome }, stage) => outcome === 'success' && (await same(stage, 'stable', older)),
  },
]

const changed = ['ml-notebook', 'pangeo-notebook']

/** Whether two tags of all images (or of these) are the same image, and there. */
async function same(stage: Stage, one: string, other: string, names?: readonly string[]): Promise<boolean> {
  const tags = await stage.tags()
  return (names ?? Object.keys(tags)).every((name) => tags[name]?.[one] && tags[name][one] === tags[name][other])
}

/** What a person changes by hand: one line. */
async function addPackage(stage: Stage): Promise<Files> {
  const file = `${notebook}/environment.yml`
  const environment = await readFile(path.join(stage.dir, 'clone', file), 'utf8')
  return { [file]: environment.replace('  - zarr', `  - ${added}\n  - zarr`) }
}

/** Who committed what to the pull request, oldest first. */
async function commits(stage: Stage): Promise<string> {
  const format = '--format=%h %an: %s'
  return await run('git', ['-C', path.join(stage.dir, 'base.git'), 'log', '--reverse', format, `main..${added}`])
}

function releaseNotes(stage: Stage): string {
  return stage.github.releases().find(({ tag }) => tag === newer)?.body ?? ''
}

/** What is seen of a comment whose parts are all folded. */
function folded(markdown: string): string {
  const lines = markdown.match(/^###?.*$|(?<=<summary>).*(?=<\/summary>)/gm) ?? []
  return lines
    .map((line) => line.replaceAll(/<\/?strong>/g, '').replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code)))
    .join('\n')
}

async function breakImage(stage: Stage): Promise<Files> {
  const read = async (name: string) => await readFile(path.join(stage.dir, 'clone/images', name), 'utf8')
  const dockerfile = await read('ml-notebook/Dockerfile')
  const broken = 'RUN echo "looking for a GPU …" && nvidia-smi\n\nUSER jovyan'
  return {
    'images/ml-notebook/Dockerfile': dockerfile.replace('USER jovyan', broken),
    'images/base-notebook/start': `${await read('base-notebook/start')}\n# Started by the sandbox's demo.\n`,
  }
}

function count(json: string | undefined): number {
  return (JSON.parse(json ?? '[]') as unknown[]).length
}
