import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { styleText } from 'node:util'
import { indent, oneLine, reportText, summaryHead, tagLines } from './play/print.ts'
import { type Files, openStage, type Played, type PlayOptions, type Stage } from './play/stage.ts'
import { cacheDir } from './world/paths.ts'
import { run } from './world/run.ts'

/** What is played, and how it has to end for the demo to be green. */
interface Act {
  readonly title: string
  readonly story: string
  readonly play: (stage: Stage, onLog: (line: string) => void) => Promise<Played>
  readonly expected: (played: Played) => boolean
  /** What else is worth a look when it is over: a title and a text. */
  readonly shows?: (stage: Stage) => Promise<readonly [string, string]>
}

const added = 'dill'
const notebook = 'images/pangeo-notebook'

const acts: readonly Act[] = [
  {
    title: 'The first push to main publishes the stack',
    story: 'Four images are built in order and get the commit’s tag; then all of them, at once, the tag of the branch.',
    play: async (stage, onLog) => await stage.push({ message: 'Begin' }, play(stage, onLog)),
    expected: ({ outcome, outputs }) => outcome === 'success' && count(outputs.built) === 4,
  },
  {
    title: 'A pull request adds a package to pangeo-notebook',
    story:
      'Only environment.yml changes. The run makes the locks that are stale by that, ml-notebook’s too: it is made from the same\nfile. They are built with, committed to the pull request, and what differs is a comment. Nothing is pushed.',
    play: async (stage, onLog) =>
      await stage.pullRequest(
        { files: await addPackage(stage), branch: added, message: `Add ${added}` },
        play(stage, onLog),
      ),
    expected: ({ outcome, outputs, log }) =>
      outcome === 'success' && outputs.tags === '' && count(outputs.built) === 2 && log.includes(' committed ('),
    shows: async (stage) => [
      'The comment on the pull request, folded',
      folded(stage.github.comments(1).at(-1)?.body ?? ''),
    ],
  },
  {
    title: 'Somebody pushes to the pull request again',
    story: 'The locks are those of the commit before: they are fresh, so nothing is solved and nothing is committed.',
    play: async (stage, onLog) =>
      await stage.pullRequest(
        { files: { 'images/NOTES.md': 'dill is for checkpoints.\n' }, branch: added, message: 'Say why' },
        play(stage, onLog),
      ),
    expected: ({ outcome, outputs, log }) => outcome === 'success' && !outputs.locks && !log.includes(' committed ('),
    shows: async (stage) => ['Commits of the pull request', await commits(stage)],
  },
  {
    title: 'It is merged, and main publishes the stack again',
    story: 'BuildKit knows the steps already. What did not change gets the new commit’s tag without being built.',
    play: async (stage, onLog) => await stage.push({ merge: added }, play(stage, onLog)),
    expected: ({ outcome, outputs }) => outcome === 'success' && count(outputs.built) === 2,
  },
  {
    title: 'A push breaks ml-notebook',
    story: 'Its sibling is built all the same, the run is red, and main’s tags stay where they are.',
    play: async (stage, onLog) =>
      await stage.push({ files: await breakImage(stage), message: 'Break it' }, play(stage, onLog)),
    expected: ({ outcome, outputs }) => outcome === 'failure' && count(outputs.built) === 1,
  },
]

process.exitCode = await demo()

async function demo(): Promise<number> {
  const started = Date.now()
  const folder = path.join(cacheDir(), 'demo')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  say('Starting BuildKit, a registry, a conda channel and a GitHub of our own; the first time, their tools are made.')
  await using stage = await openStage({ repository: 'full', solvable: true })
  say(`The stack is images/ with its ${await countPackages(stage)} locked packages for pangeo-notebook alone.`)
  const lines: string[] = []
  let green = true
  for (const [at, act] of acts.entries()) {
    const played = await playAct({ stage, act, at, folder })
    const ok = act.expected(played)
    green &&= ok
    lines.push(`${ok ? '✓' : '✗ not as expected:'} ${act.title}\n    ${oneLine(played)}`)
  }
  heading('What happened')
  say(lines.join('\n'))
  say(`\nWhole logs, job summaries (Markdown) and reports (JSON): ${folder}`)
  say(`${green ? 'All as it should be' : 'Something is wrong'} · ${Math.round((Date.now() - started) / 1000)} s`)
  return green ? 0 : 1
}

async function playAct(question: { stage: Stage; act: Act; at: number; folder: string }): Promise<Played> {
  const { stage, act, at, folder } = question
  heading(`${at + 1}. ${act.title}`)
  say(`${act.story}\n`)
  // Only the lines with a time: the groups with each image's log are in the files.
  const played = await act.play(stage, (line) => /^\[\d+:\d\d\] /.test(line) && say(indent(styleText('dim', line))))
  const file = path.join(folder, String(at + 1))
  await writeFile(`${file}.log`, `${played.log}\n`)
  await writeFile(`${file}-summary.md`, played.summary)
  if (played.outputs.report) await writeFile(`${file}-report.json`, await readFile(played.outputs.report))
  part('The report in the log', reportText(played.log))
  part('The job summary begins', summaryHead(played.summary))
  if (act.shows) part(...(await act.shows(stage)))
  part(`Tags in the registry ${stage.prefix}`, tagLines(await stage.tags()).join('\n') || 'none')
  return played
}

/** The step of every run: locks may take packages from the sandbox's channel alone. */
function play(stage: Stage, onLog: (line: string) => void): PlayOptions {
  return {
    onLog,
    inputs: { 'allowed-channels': stage.world.channel ?? '', 'packages-of-interest': 'dask-gateway,xarray' },
  }
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

/** What is seen of a comment whose parts are all folded. */
function folded(markdown: string): string {
  const lines = markdown.match(/^###.*$|(?<=<summary>).*(?=<\/summary>)/gm) ?? []
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

async function countPackages(stage: Stage): Promise<number> {
  const lock = await readFile(path.join(stage.dir, 'clone', notebook, 'conda-linux-64.lock'), 'utf8')
  return lock.match(/^http/gm)?.length ?? 0
}

function count(json: string | undefined): number {
  return (JSON.parse(json ?? '[]') as unknown[]).length
}

function heading(text: string): void {
  say(`\n${styleText('bold', `━━ ${text} ${'━'.repeat(Math.max(0, 76 - text.length))}`)}`)
}

function part(title: string, text: string): void {
  say(`\n  ${styleText('cyan', title)}\n\n${indent(text.trimEnd())}`)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
