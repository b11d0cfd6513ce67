import { failedWhere } from './failures.ts'
import { cachedShare, count, formatDuration, formatShare, formatSize } from './format.ts'
import { layersSentence, layersText } from './layers.ts'
import { mountSentence } from './mounts.ts'
import { errorRest, headline, isRed, outcomeText } from './outcome.ts'
import { columns, paint, STYLES, type TextOptions } from './paint.ts'
import { testRemarks, testsText } from './tests.ts'
import type { Failure, ImageResult, RunResult } from './types.ts'
import { shorten, visible, visibleLines } from './visible.ts'

const WARNINGS = 20

/** The result for a terminal: the whole story in the first line, a line an image, what failed, the Dockerfile checks. */
export function renderResultText(result: RunResult, options: TextOptions): string {
  const red = isRed(result)
  const first = paint(['bold', red ? 'red' : 'green'], `${red ? '✗' : '✓'} ${visible(headline(result))}`, options)
  const failures = result.images.flatMap((image) =>
    image.failure === null ? [] : [failureText(image, image.failure, options)],
  )
  const rest =
    errorRest(result) === ''
      ? ''
      : visibleLines(errorRest(result))
          .map((line) => `  ${line}`)
          .join('\n')
  const layers = layersSentence(result.images)
  const mounts = result.mounts ? mountSentence(result.mounts) : null
  return `${[first, rest, imageLines(result, options), layers ? `  ${layers}` : '', mounts ? `  ${mounts}` : '', ...failures, remarkLines(result, options), warningLines(result, options)].filter((part) => part !== '').join('\n\n')}\n`
}

/** One image that failed: the step, why, its last lines, its place in the Dockerfile. */
export function failureText(image: ImageResult, failure: Failure, options: TextOptions): string {
  const step = failure.step === null ? '' : `: ${shorten(visible(failure.step.name), 160)}`
  const place = failure.line === null ? failure.dockerfile : `${failure.dockerfile}:${failure.line}`
  return [
    paint('red', `${visible(image.name)} ${visible(failedWhere(failure))}${step}`, options),
    `  ${shorten(visible(failure.message), 1000)}`,
    ...failure.tail.map((line) => paint('dim', '  │ ', options) + shorten(visible(line), 500)),
    `  ${visible(place)}`,
  ].join('\n')
}

function imageLines(result: RunResult, options: TextOptions): string {
  const rows = result.images.map((image) => [
    visible(image.name),
    outcomeText(image, result.dryRun),
    ...numbers(image),
    visible(image.reason),
  ])
  const used = (rows[0] ?? []).map((_, column) => rows.some((row) => row[column] !== ''))
  const padded = columns(rows.map((row) => row.filter((_, column) => used[column])))
  return padded
    .map(([name, word, ...rest], index) => {
      const style = STYLES[result.dryRun ? result.images[index]!.action : result.images[index]!.outcome]
      return `  ${name}  ${paint(style, word ?? '', options)}  ${rest.join('  ')}`.trimEnd()
    })
    .join('\n')
}

function numbers(image: ImageResult): string[] {
  const share = image.outcome === 'built' || image.outcome === 'failed' ? cachedShare(image.steps) : null
  const ran = image.started !== null && image.completed !== null
  return [
    ran ? formatDuration(image.completed - image.started) : '',
    share === null ? '' : `${formatShare(share)} cached`,
    layersText(image) === '' ? '' : `layers: ${layersText(image)}`,
    testsText(image) === '' ? '' : `tests: ${testsText(image)}`,
    image.size === null ? '' : formatSize(image.size, image.previousSize),
  ]
}

function remarkLines(result: RunResult, options: TextOptions): string {
  const all = testRemarks(result)
  if (all.length === 0) return ''
  const lines = all.slice(0, WARNINGS).map((line) => `  ${shorten(visible(line), 500)}`)
  const rest = all.length > WARNINGS ? [`  and ${all.length - WARNINGS} more`] : []
  return [paint('yellow', 'Of the tests:', options), ...lines, ...rest].join('\n')
}

function warningLines(result: RunResult, options: TextOptions): string {
  const all = result.images.flatMap((image) => image.warnings)
  if (all.length === 0) return ''
  const lines = all.slice(0, WARNINGS).map((warning) => {
    const place = warning.line === null ? warning.file : `${warning.file}:${warning.line}`
    return `  ${visible(place)}  ${visible(warning.rule)}: ${visible(warning.message)}`
  })
  const rest = all.length > WARNINGS ? [`  and ${all.length - WARNINGS} more`] : []
  return [paint('yellow', `${count(all.length, 'Dockerfile check')}:`, options), ...lines, ...rest].join('\n')
}
