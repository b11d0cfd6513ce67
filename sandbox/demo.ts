import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { styleText } from 'node:util'
import { startCacheService } from './cache/server.ts'
import type { CacheService } from './cache/types.ts'
import { type Act, acts, notebook } from './play/acts.ts'
import { indent, oneLine, reportText, summaryHead, tagLines } from './play/print.ts'
import { openStage, type Played, type PlayOptions, type Stage } from './play/stage.ts'
import { cacheDir } from './world/paths.ts'
import { run } from './world/run.ts'

/** What an act is played with. */
interface Scene {
  readonly stage: Stage
  readonly service: CacheService
  /** Where logs, summaries and reports are kept. */
  readonly folder: string
}

process.exitCode = await demo()

async function demo(): Promise<number> {
  const started = Date.now()
  const folder = path.join(cacheDir(), 'demo')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  say('Starting BuildKit, a registry, a conda channel, a cache service and a GitHub of our own;')
  say('the first time, their tools are made.')
  await using service = await startCacheService()
  await using stage = await openStage({ repository: 'full', solvable: true, caches: service })
  say(`The stack is images/ with its ${await countPackages(stage)} locked packages for pangeo-notebook alone.`)
  say('Each run begins on an empty builder, as on GitHub’s machines, with what the Actions cache kept.')
  const lines: string[] = []
  let green = true
  for (const [at, act] of acts.entries()) {
    const played = await playAct({ stage, service, folder }, act, at + 1)
    const ok = await act.expected(played, stage)
    green &&= ok
    lines.push(`${ok ? '✓' : '✗ not as expected:'} ${act.title}\n    ${oneLine(played)}`)
  }
  heading('What happened')
  say(lines.join('\n'))
  say(`\nWhole logs, job summaries (Markdown) and reports (JSON): ${folder}`)
  say(`${green ? 'All as it should be' : 'Something is wrong'} · ${Math.round((Date.now() - started) / 1000)} s`)
  return green ? 0 : 1
}

async function playAct(scene: Scene, act: Act, number: number): Promise<Played> {
  const { stage, folder } = scene
  heading(`${number}. ${act.title}`)
  say(`${act.story}\n`)
  await run('buildx', ['prune', '--all', '--force'], { env: stage.world.env })
  const before = tagLines(await stage.tags()).join('\n')
  const played = await act.play(stage, options(scene, act, number))
  await keep(path.join(folder, String(number)), played)
  part('The report in the log', reportText(played.log))
  if (!act.moves) part('The job summary begins', summaryHead(played.summary))
  if (act.shows) part(...(await act.shows(stage)))
  const after = tagLines(await stage.tags()).join('\n')
  part(`Tags in the registry ${stage.prefix}`, after === before ? 'as they were' : after)
  return played
}

/** The step of every run: locks may take packages from the sandbox's channel alone. */
function options({ stage, service }: Scene, act: Act, number: number): PlayOptions {
  const main = 'refs/heads/main'
  const scopes = act.pull
    ? [
        { ref: `refs/pull/${act.pull}/merge`, write: true },
        { ref: main, write: false },
      ]
    : [{ ref: main, write: true }]
  return {
    // Only the lines with a time: the groups with each image's log are in the files.
    onLog: (line) => /^\[\d+:\d\d\] /.test(line) && say(indent(styleText('dim', line))),
    inputs: {
      'allowed-channels': stage.world.channel ?? '',
      'packages-of-interest': 'dask-gateway,xarray',
      ...(act.moves ? {} : { cache: 'local' }),
      ...act.inputs,
    },
    env: service.env(scopes),
    run: { id: String(1000 + number) },
    ...(act.moves ? { depth: 0 } : {}),
  }
}

async function keep(file: string, { log, summary, outputs }: Played): Promise<void> {
  await writeFile(`${file}.log`, `${log}\n`)
  await writeFile(`${file}-summary.md`, summary)
  if (outputs.report) await writeFile(`${file}-report.json`, await readFile(outputs.report))
}

async function countPackages(stage: Stage): Promise<number> {
  const lock = await readFile(path.join(stage.dir, 'clone', notebook, 'conda-linux-64.lock'), 'utf8')
  return lock.match(/^http/gm)?.length ?? 0
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
