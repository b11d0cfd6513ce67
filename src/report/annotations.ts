import { failedWhere } from './failures.ts'
import type { ImageResult, RunResult } from './types.ts'
import { shorten, visible } from './visible.ts'

/** What `core.error` and `core.warning` take: `core.error(message, {title, file, startLine})`. Paths from the repository's root. */
export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly message: string
  readonly file: string
  readonly startLine: number | null
}

/** Annotations of a run; `rest` counts those that GitHub would not show. */
export interface Annotations {
  readonly annotations: readonly Annotation[]
  readonly rest: { readonly errors: number; readonly warnings: number }
}

/** GitHub shows ten of each kind a step. */
const SHOWN = 10
const TAIL = 5
const MESSAGE = 2000

/** Failures and Dockerfile checks at their lines. Text of others is made visible; line ends in messages are ours. */
export function annotate(result: RunResult): Annotations {
  const errors = result.images.flatMap(failed)
  const warnings = unique(result.images.flatMap((image) => [...allowedFailures(image), ...checked(image)]))
  return {
    annotations: [...errors.slice(0, SHOWN), ...warnings.slice(0, SHOWN)],
    rest: { errors: Math.max(0, errors.length - SHOWN), warnings: Math.max(0, warnings.length - SHOWN) },
  }
}

function failed(image: ImageResult): Annotation[] {
  const { failure } = image
  if (failure === null) return []
  // A step without a number is BuildKit's own, such as the export: what went wrong says more.
  const step = failure.step?.number ? [shorten(visible(failure.step.name), 200)] : []
  const tail = failure.tail.slice(-TAIL).map((line) => shorten(visible(line), 300))
  return [
    {
      level: 'error',
      title: visible(`${image.name} ${failedWhere(failure)}`),
      message: shorten([...step, visible(failure.message), ...tail].join('\n'), MESSAGE),
      file: failure.dockerfile,
      startLine: failure.line,
    },
  ]
}

/** Tests that failed and stop nothing. */
function allowedFailures({ name, tests, failure }: ImageResult): Annotation[] {
  return (tests?.cases ?? []).flatMap((one) => {
    if (one.outcome !== 'failed' || !one.allowed) return []
    const message = [one.name, one.reason, ...one.tail.slice(-TAIL)]
      .map((line) => shorten(visible(line), 300))
      .join('\n')
    return [
      {
        level: 'warning' as const,
        title: visible(`a test of ${name} failed, which is allowed`),
        message: shorten(message, MESSAGE),
        file: one.place?.file ?? failure?.dockerfile ?? '',
        startLine: one.place?.line ?? null,
      },
    ]
  })
}

function checked(image: ImageResult): Annotation[] {
  return image.warnings.map((warning) => ({
    level: 'warning',
    title: shorten(visible(warning.rule), 100),
    message: shorten(visible(warning.message), MESSAGE),
    file: warning.file,
    startLine: warning.line,
  }))
}

/** Variants share a Dockerfile: the same remark at the same place is one. */
function unique(annotations: readonly Annotation[]): Annotation[] {
  return [...new Map(annotations.map((annotation) => [JSON.stringify(annotation), annotation])).values()]
}
