import { formatDuration } from './format.ts'
import { fileLink } from './links.ts'
import { code, details, fence, inline, link, table } from './markdown.ts'
import { stepLabel } from './step-text.ts'
import type { RunResult } from './types.ts'

const WARNINGS = 50
const SLOW_STEPS = 10
const SLOW = 1000

/** What BuildKit's checks say of the Dockerfiles; empty without warnings. */
export function warningsPart(result: RunResult): string {
  const all = result.images.flatMap((image) => image.warnings)
  const unique = [
    ...new Map(all.map((warning) => [JSON.stringify([warning.file, warning.line, warning.rule]), warning])).values(),
  ]
  if (unique.length === 0) return ''
  const rows = unique.slice(0, WARNINGS).map((warning) => {
    const place = warning.line === null ? warning.file : `${warning.file}:${warning.line}`
    const address = warning.url?.startsWith('https://docs.docker.com/') ? warning.url : null
    return [
      link(inline(place), fileLink(result, warning.file, warning.line)),
      link(inline(warning.rule), address),
      inline(warning.message),
    ]
  })
  const rest = unique.length > WARNINGS ? `\n\n${unique.length - WARNINGS} more in the log.` : ''
  return details(`⚠️ Dockerfile checks: ${unique.length}`, table(['where', 'rule', 'what'], rows) + rest)
}

/** Where the time went: the longest steps that were not cached, of a second and more. */
export function slowStepsPart(result: RunResult): string {
  const slow = result.images
    .flatMap((image) => image.steps.map((step) => ({ image, step, took: (step.completed ?? 0) - (step.started ?? 0) })))
    .filter(({ step, took }) => !step.cached && step.started !== null && step.completed !== null && took >= SLOW)
    .toSorted((a, b) => b.took - a.took)
    .slice(0, SLOW_STEPS)
  if (slow.length === 0) return ''
  const rows = slow.map(({ image, step, took }) => [
    formatDuration(took),
    inline(image.name),
    code(stepLabel(step), 120),
  ])
  return details('Slowest steps', table(['time', 'image', 'step'], rows))
}

/** Commands that pull exactly what this run made or took; empty when nothing was pushed. */
export function pullPart(result: RunResult): string {
  if (!result.pushed) return ''
  const commands = result.images.flatMap((image) => {
    const reference = image.tags[0]?.replace(/:[^:/]*$/, '')
    if (reference === undefined || !isReference(reference, image.digest)) return []
    return [`docker pull ${reference}@${image.digest}`]
  })
  return commands.length === 0 ? '' : details('Pull by digest', fence(commands.join('\n'), 'sh'))
}

/** The plan as JSON, as `plan --format json` prints it. */
export function planPart(plan: unknown): string {
  return plan === undefined ? '' : details('Plan as JSON', fence(JSON.stringify(plan, null, 2), 'json'))
}

/** Tags of a run without a registry are no references: they have no slash. */
function isReference(reference: string, digest: string | null): boolean {
  return /^[\w.-]+(:\d+)?(\/[\w.-]+)+$/.test(reference) && /^sha256:[0-9a-f]{64}$/.test(digest ?? '')
}
