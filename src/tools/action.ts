import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import * as core from '@actions/core'
import { ActionError, messageOf } from '../errors.ts'
import type { Host, Out } from '../host.ts'
import { type Inputs, inputNames, loadInputs } from '../inputs.ts'
import { nearest } from '../nearest.ts'
import { commandSafe, guarded, imageGroup } from '../report/guard.ts'
import { renderErrorDetails } from '../report/text.ts'
import { visible } from '../report/visible.ts'
import { cancellation } from './cancel.ts'
import { appendSummary } from './summary-file.ts'

/** The action's side of a run: GitHub's files and commands. */
export function actionHost(): Host {
  const { env } = process
  const cwd = env.GITHUB_WORKSPACE || process.cwd()
  const home = env.RUNNER_TEMP || tmpdir()
  mkdirSync(home, { recursive: true })
  const kept = mkdtempSync(path.join(home, 'buildx-action-'))
  const temp = path.join(kept, 'temp')
  mkdirSync(temp, { mode: 0o700 })
  process.on('exit', () => rmSync(temp, { recursive: true, force: true }))
  return {
    kind: 'action',
    env,
    cwd,
    temp,
    kept,
    event: {
      name: env.GITHUB_EVENT_NAME ?? '',
      path: env.GITHUB_EVENT_PATH || null,
      ref: env.GITHUB_REF ?? '',
      sha: env.GITHUB_SHA ?? '',
      base: null,
      head: null,
    },
    signal: cancellation(),
    out: actionOut(env),
  }
}

/** The inputs of the step. A name that is no input is told with the nearest one: the runner itself only warns in passing. */
export function readActionInputs(): Inputs {
  const known = new Set(inputNames.map((name) => `INPUT_${name.toUpperCase()}`))
  const unknown = Object.keys(process.env).filter((name) => name.startsWith('INPUT_') && !known.has(name))
  for (const name of unknown) {
    const [guess] = nearest(name.slice('INPUT_'.length).toLowerCase(), inputNames)
    if (guess)
      core.warning(
        commandSafe(`there is no input ${name.slice('INPUT_'.length).toLowerCase()}: did you mean ${guess}?`),
      )
  }
  const inputs = loadInputs((name) => core.getInput(name, { trimWhitespace: false }), availableParallelism())
  if (inputs.githubToken) core.setSecret(inputs.githubToken)
  return inputs
}

/** The end of a red step: one clear line as annotation, the rest in the log. */
export function fail(error: unknown): void {
  const details = error instanceof ActionError ? error.details : []
  core.setFailed([messageOf(error), ...details].map(visible).join('\n'))
  // An error that nobody foresaw is for those who write this action: its stack tells them where.
  if (core.isDebug() || !(error instanceof ActionError)) print(guarded(renderErrorDetails(error), token()))
}

function actionOut(env: NodeJS.ProcessEnv): Out {
  return {
    info: (line) => print(commandSafe(line)),
    notice: (line) => core.notice(visible(line)),
    warning: (line, place) => core.warning(line, annotation(place)),
    error: (line, place) => core.error(line, annotation(place)),
    debug: (line) => core.debug(visible(line)),
    imageLog: (result, lines) => print(imageGroup(result, lines, token()).join('\n')),
    mask: core.setSecret,
    output: core.setOutput,
    result: async ({ text, markdown }) => {
      print(guarded(text, token()))
      const problem = env.GITHUB_STEP_SUMMARY ? await appendSummary(env.GITHUB_STEP_SUMMARY, markdown) : null
      if (problem) core.warning(visible(problem))
    },
    state: core.saveState,
    live: process.stdout,
    colour: false,
  }
}

function annotation(place: Parameters<Out['warning']>[1]) {
  if (!place) return {}
  return {
    file: place.file,
    ...(place.line ? { startLine: place.line } : {}),
    ...(place.title ? { title: place.title } : {}),
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Fresh for every guard, so that no text can know it. */
function token(): string {
  return randomBytes(16).toString('hex')
}
