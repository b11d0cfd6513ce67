import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ActionFile, inputVariables, readActionFile } from './action-file.ts'
import { CommandProcessor } from './command-processor.ts'
import { createRunEnvironment, type RunEnvironment } from './environment.ts'
import { createCommandFiles, type FileCommands, readCommandFiles, removeCommandFiles } from './file-commands.ts'
import { findOrphans, killOrphans } from './orphans.ts'
import { type ProcessEnd, runStepProcess } from './process.ts'
import type { ActionResult, RunOptions, StepResult } from './types.ts'

/**
 * Runs an action's main and post script as GitHub's runner does: inputs and defaults in the environment, results through
 * files and workflow commands, signals as on a cancelled run, the post step with the main one's state whatever happened.
 * Processes that are left at the end are ended. Throws only where the harness itself cannot go on.
 */
export async function runAction(options: RunOptions): Promise<ActionResult> {
  const runnerDir = options.runnerDir ?? (await mkdtemp(path.join(tmpdir(), 'runner-')))
  const action = await readActionFile(options.actionDir)
  const run = await createRunEnvironment(options, runnerDir)
  const masks = new Set(options.token ? [options.token] : [])
  try {
    const main = await runStep({ options, action, run, masks, phase: 'main', before: null })
    const post = shouldRunPost(action, main)
      ? await runStep({ options, action, run, masks, phase: 'post', before: main })
      : null
    return { ...main, post }
  } finally {
    await killOrphans(run.trackingId)
    if (!options.runnerDir) await rm(runnerDir, { recursive: true, force: true })
  }
}

interface Step {
  readonly options: RunOptions
  readonly action: ActionFile
  readonly run: RunEnvironment
  readonly masks: Set<string>
  readonly phase: 'main' | 'post'
  /** The main step's result when this is the post step. */
  readonly before: StepResult | null
}

async function runStep(step: Step): Promise<StepResult> {
  const { options, action, run, phase, before } = step
  const processor = new CommandProcessor({ masks: step.masks, onLog: options.onLog })
  const inputs = inputVariables(action, options.inputs ?? {}, run.context)
  if (phase === 'main') for (const warning of inputs.warnings) processor.line(`::warning::${warning}`)
  const files = await createCommandFiles(path.join(run.temp, '_runner_file_commands'), phase)
  const started = Date.now()
  const end = await runStepProcess({
    script: phase === 'main' ? action.main : action.post!,
    cwd: options.workspace,
    env: {
      ...run.variables,
      ...carriedOver(run, before),
      ...inputs.variables,
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [`GITHUB_${name}`, file as string])),
    },
    onLine: (line) => processor.line(line),
    cancel: options.signals && (options.signals.phase ?? 'main') === phase ? options.signals : null,
    timeoutMs: options.timeoutMs ?? 600_000,
  })
  const said = await readCommandFiles(files)
  await removeCommandFiles(files)
  const orphans = await findOrphans(run.trackingId)
  return { ...result({ end, said, processor, masks: step.masks }), orphans, durationMs: Date.now() - started }
}

function result({
  end,
  said,
  processor,
  masks,
}: {
  end: ProcessEnd
  said: FileCommands
  processor: CommandProcessor
  masks: Set<string>
}) {
  for (const message of said.errors) processor.error(message)
  for (const message of said.failures) processor.fail(message)
  if (end.exitCode !== 0 && !end.cancelled)
    processor.error(`Process completed with exit code ${end.exitCode ?? end.signal}.`)
  const failed = end.exitCode !== 0 || processor.failed
  return {
    outcome: end.cancelled ? ('cancelled' as const) : failed ? ('failure' as const) : ('success' as const),
    exitCode: end.exitCode,
    signal: end.signal,
    stdout: end.stdout,
    stderr: end.stderr,
    log: processor.log.join('\n'),
    outputs: { ...processor.outputs, ...said.outputs },
    env: said.env,
    path: said.path,
    state: { ...processor.state, ...said.state },
    summary: processor.mask(said.summary),
    commands: processor.commands,
    annotations: processor.annotations,
    groups: processor.groups,
    masks: [...masks],
    debug: processor.debug,
  }
}

/** What a main step leaves for its post step: variables, path entries (the last one first) and its own state. */
function carriedOver(run: RunEnvironment, before: StepResult | null): Record<string, string> {
  if (!before) return {}
  const state = Object.entries(before.state).map(([name, value]) => [`STATE_${name}`, value])
  const searchPath = [...before.path.toReversed(), before.env.PATH ?? run.variables.PATH ?? ''].join(path.delimiter)
  return { ...before.env, ...ownVariables(run), PATH: searchPath, ...Object.fromEntries(state) }
}

/** GITHUB_ENV cannot change what the runner itself sets. */
function ownVariables(run: RunEnvironment): Record<string, string> {
  return Object.fromEntries(Object.entries(run.variables).filter(([name]) => /^(GITHUB|RUNNER)_/.test(name)))
}

function shouldRunPost(action: ActionFile, main: StepResult): boolean {
  if (!action.post) return false
  const answers: Readonly<Record<string, boolean>> = {
    'always()': true,
    'success()': main.outcome === 'success',
    'failure()': main.outcome === 'failure',
    'cancelled()': main.outcome === 'cancelled',
    '!cancelled()': main.outcome !== 'cancelled',
  }
  const answer = answers[action.postIf.replace(/^\$\{\{(.*)\}\}$/s, '$1').trim()]
  if (answer === undefined) throw new Error(`the runner harness does not know post-if: ${action.postIf}`)
  return answer
}
