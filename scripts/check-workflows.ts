import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tool } from '../sandbox/world/index.ts'
import { workflowBlocks } from './workflow-blocks.ts'

/**
 * Runs actionlint and zizmor over .github/ and over every workflow that README.md and docs/ show or hold. Nothing of it needs the
 * network once the tools are there. Exits 1 on a finding.
 */
const own = globSync('.github/workflows/*.{yml,yaml}').sort()
const documents = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md').sort()]
const project = mkdtempSync(path.join(tmpdir(), 'workflows-'))
const examples = writeExamples()
const [actionlint, zizmor] = [await tool('actionlint'), await tool('zizmor')]
const options = ['--offline', '--quiet', '--no-progress', '--config', path.resolve('.github/zizmor.yml')]
const results = [
  run(actionlint, own, '.'),
  run(zizmor, [...options, '--persona', 'pedantic', ...own, '.github/dependabot.yml', 'action.yml'], '.'),
  // Examples stay short: what is only a matter of taste counts in our own workflows alone.
  ...(examples.length > 0 ? [run(actionlint, examples, project), run(zizmor, [...options, ...examples], project)] : []),
]
rmSync(project, { recursive: true })
const counted = `${own.length} workflows and ${examples.length} examples`
if (results.every(Boolean)) console.log(`${counted}: actionlint and zizmor have nothing to say`)
else {
  console.error(`error: ${counted}: see the findings above; the lines of an example are those of its document`)
  process.exitCode = 1
}

/**
 * Examples name the released action; as `./` in a project of their own they are checked against the inputs and outputs
 * that action.yml has now. Gives their paths in that project.
 */
function writeExamples(): string[] {
  mkdirSync(path.join(project, '.git'))
  mkdirSync(path.join(project, '.github/workflows'), { recursive: true })
  copyFileSync('action.yml', path.join(project, 'action.yml'))
  symlinkSync(path.resolve('dist'), path.join(project, 'dist'))
  const shown = documents.flatMap((document) =>
    workflowBlocks(readFileSync(document, 'utf8')).map(({ line, workflow }) =>
      writeExample(`${document.replaceAll('/', '-')}-line-${line}.yml`, workflow),
    ),
  )
  const whole = globSync('docs/examples/*/*.yml').sort()
  return [...shown, ...whole.map((file) => writeExample(file.replaceAll('/', '-'), readFileSync(file, 'utf8')))]
}

function writeExample(name: string, workflow: string): string {
  const file = `.github/workflows/${name}`
  writeFileSync(path.join(project, file), workflow.replaceAll(/pangeo-data\/buildx-action@[\w.]+/g, './'))
  return file
}

function run(file: string, args: readonly string[], cwd: string): boolean {
  const ended = spawnSync(file, args, { cwd, stdio: 'inherit' })
  if (ended.error) throw ended.error
  return ended.status === 0
}
