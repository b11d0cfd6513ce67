import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tool } from '../sandbox/world/index.ts'
import { type WorkflowBlock, workflowBlocks } from './workflow-blocks.ts'

/**
 * Runs actionlint and zizmor over .github/ and over every workflow that README.md and docs/ show. Nothing of it needs the
 * network once the tools are there. Exits 1 on a finding.
 */
const own = globSync('.github/workflows/*.{yml,yaml}').sort()
const documents = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md').sort()]
const examples = documents.flatMap((document) =>
  workflowBlocks(readFileSync(document, 'utf8')).map((block) => ({ document, ...block })),
)
const [actionlint, zizmor] = [await tool('actionlint'), await tool('zizmor')]
const green = [runActionlint(), runZizmor()].every(Boolean)
const counted = `${own.length} workflows and ${examples.length} examples`
if (green) console.log(`${counted}: actionlint and zizmor have nothing to say`)
else {
  console.error(`error: ${counted}: see the findings above; lines count from the top of the document`)
  process.exitCode = 1
}

/** Examples name the released action; read as `./` they are checked against the inputs that action.yml has now. */
function runActionlint(): boolean {
  const checked = examples.map(({ document, line, workflow }) => {
    const here = workflow.replaceAll(/pangeo-data\/buildx-action@[\w.]+/g, './')
    return run(actionlint, ['-stdin-filename', `${document}:${line}.yml`, '-'], here)
  })
  return run(actionlint, own) && checked.every(Boolean)
}

function runZizmor(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'workflows-'))
  const files = examples.map((example) => writeExample(folder, example))
  const options = ['--offline', '--quiet', '--no-progress', '--config', '.github/zizmor.yml']
  // Examples stay short: what is only a matter of taste counts in our own workflows alone.
  const strict = run(zizmor, [...options, '--persona', 'pedantic', ...own, '.github/dependabot.yml', 'action.yml'])
  const shown = files.length === 0 || run(zizmor, [...options, ...files])
  rmSync(folder, { recursive: true })
  return strict && shown
}

/** zizmor takes a file for a workflow only where its folder says so. */
function writeExample(folder: string, { document, line, workflow }: WorkflowBlock & { document: string }): string {
  const file = path.join(folder, document.replaceAll('/', '-'), '.github/workflows', `line-${line}.yml`)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, workflow)
  return file
}

function run(file: string, args: readonly string[], input?: string): boolean {
  const ended = spawnSync(file, args, { stdio: ['pipe', 'inherit', 'inherit'], ...(input ? { input } : {}) })
  if (ended.error) throw ended.error
  return ended.status === 0
}
