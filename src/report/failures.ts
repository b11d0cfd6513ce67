import { stepPlace } from './format.ts'
import { fileLink } from './links.ts'
import { code, fence, inline, link } from './markdown.ts'
import type { Section } from './sections.ts'
import type { Failure, ImageResult, RunResult } from './types.ts'
import { shorten } from './visible.ts'

const LINE = 500

/** A section an image that failed: the step, its last lines and nothing else, its place in the Dockerfile. */
export function failureSections(result: RunResult): Section[] {
  return result.images.flatMap((image) => {
    return image.failure === null
      ? []
      : [{ rank: 1, name: 'details of a failed image', markdown: section(result, image, image.failure) }]
  })
}

/** `failed in step 7/12`, or only `failed` where no numbered step did. Holds nothing of others but stage names: escape it. */
export function failedWhere(failure: Failure): string {
  const place = failure.step === null ? '' : stepPlace(failure.step)
  return place === '' ? 'failed' : `failed in step ${place}`
}

function section(result: RunResult, image: ImageResult, failure: Failure): string {
  const step = failure.step === null ? '' : `: ${code(failure.step.name, 160)}`
  const tail = failure.tail.map((line) => shorten(line, LINE)).join('\n')
  const place = failure.line === null ? failure.dockerfile : `${failure.dockerfile} line ${failure.line}`
  const links = [
    link(inline(place), fileLink(result, failure.dockerfile, failure.line)),
    link('full log', result.runUrl),
  ]
  return [
    `### ❌ ${inline(image.name)} ${inline(failedWhere(failure))}${step}`,
    inline(failure.message, 1000),
    ...(tail.trim() === '' ? [] : [fence(tail)]),
    links.filter((text) => text !== 'full log').join(' · '),
  ].join('\n\n')
}
