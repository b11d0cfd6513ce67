import { type Instruction, parseDockerfile } from '../stack/dockerfile.ts'
import { readStages, targetStage } from '../stack/stages.ts'

/** A Dockerfile and what it is known to have been built on. */
export interface DockerfileQuestion {
  readonly text: string
  readonly args: Readonly<Record<string, string>>
  readonly target: string | null
  /** The final base, `name@sha256:…`; null where it is not known. */
  readonly base: string | null
}

/**
 * A Dockerfile as it was built: the FROM of the stage that is published names its base by digest, with the line as it was
 * written above it as a comment. Everything else stays. What cannot be resolved is left as it is.
 */
export function resolvedDockerfile({ text, args, target, base }: DockerfileQuestion): string {
  if (base === null) return text
  const dockerfile = parseDockerfile(text)
  const options = { args, platform: 'linux/amd64', target, contexts: new Set<string>(), triggers: new Map() }
  const stages = readStages(dockerfile, options)
  let stage = stages.list[targetStage(stages, target)]
  // A stage on a stage: the first of them names the image.
  while (stage && stage.baseStage !== null) stage = stages.list[stage.baseStage]
  const from = dockerfile.instructions.find(({ keyword, line }) => keyword === 'FROM' && line === stage?.line)
  if (!from || stage?.base === null || stage?.base === 'scratch') return text
  return replaced(text, from, dockerfile.escapeChar, base)
}

function replaced(text: string, from: Instruction, escapeChar: string, base: string): string {
  const lines = text.split('\n')
  const first = from.line - 1
  let last = first
  while (last < lines.length - 1 && lines[last]?.trimEnd().endsWith(escapeChar)) last += 1
  const [, ...rest] = from.rest.split(/\s+/)
  const resolved = ['FROM', ...from.flags, base, ...rest].join(' ')
  const written = lines.slice(first, last + 1).map((line) => `# ${line.trimEnd()}`)
  const carriage = lines[first]?.endsWith('\r') ? '\r' : ''
  return lines.toSpliced(first, last - first + 1, ...[...written, resolved].map((line) => line + carriage)).join('\n')
}
