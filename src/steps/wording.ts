import type { Inputs } from '../inputs.ts'
import type { TagFacts } from '../stack/tag-rules/index.ts'
import { imageTag, versionOf } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { Source } from './detect.ts'
import type { RunTags } from './tagger.ts'

/** A user's own labels and annotations of one image, templates filled in, and its version: its first tag. */
export interface ImageWording {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: readonly string[]
  readonly version: string | null
}

/** By the image's name. */
export type Wordings = ReadonlyMap<string, ImageWording>

/**
 * The labels and annotations that spec.yml gives the stack, those that it gives an image, and the inputs': of one key the
 * later one wins. Done before anything is built, so that a mistake in a template costs nothing. Throws ActionError('input').
 */
export async function renderWordings(
  { source, inputs }: { source: Source; inputs: Inputs },
  tags: RunTags,
  factsOf: () => Promise<TagFacts>,
): Promise<Wordings> {
  const { stack } = source
  const written = stack.images.map((image) => writtenFor(image, source, inputs))
  // Most labels are plain text: then nothing of templates is loaded.
  const templates = written.some(({ labels, annotations }) => /\{\{/.test(JSON.stringify([labels, annotations])))
  const render = templates ? await renderer(factsOf) : (text: string) => text
  return new Map(
    stack.images.map((image, at) => {
      const { labels = {}, annotations = [] } = written[at] ?? {}
      const version = versionOf(tags.of(image))
      const filled = Object.entries(labels).map(([key, value]) => [render(key), render(value)])
      return [
        image.name,
        {
          labels: Object.fromEntries(filled),
          annotations: annotations.map(render),
          version: version === null ? null : imageTag(image, version),
        },
      ]
    }),
  )
}

function writtenFor({ wording }: Image, { stack }: Source, inputs: Inputs) {
  return {
    labels: { ...stack.wording?.labels, ...wording?.labels, ...inputs.labels },
    annotations: [...(stack.wording?.annotations ?? []), ...(wording?.annotations ?? []), ...inputs.annotations],
  }
}

async function renderer(factsOf: () => Promise<TagFacts>): Promise<(text: string) => string> {
  const [{ renderTemplate }, facts] = await Promise.all([import('../stack/tag-rules/index.ts'), factsOf()])
  return (text) => renderTemplate(text, facts, 'labels and annotations')
}
