import { ActionError } from '../errors.ts'
import { isAnnotation } from '../input-values.ts'
import type { KeyPath, SpecFile } from './spec-file.ts'
import { objectOf, textsOf, wordsOf } from './spec-values.ts'
import type { Wording } from './types.ts'

/** Keys of a spec that hold rules or templates. */
const keys = ['tags', 'flavor', 'labels', 'annotations'] as const

/**
 * What a spec says of tags, labels and annotations at a place (`[]` for the stack, `['images', NAME]`); null where it says
 * nothing. Rules and templates are checked here, so that a mistake has its line. Throws ActionError('spec').
 */
export async function readWording(source: SpecFile, path: KeyPath, value: unknown): Promise<Wording | null> {
  const values = objectOf(value)
  if (!keys.some((key) => Object.hasOwn(values, key))) return null
  const wording: Wording = {
    tags: values.tags === undefined ? null : rulesOf(values.tags),
    flavor: values.flavor === undefined ? null : rulesOf(values.flavor),
    labels: textsOf(values.labels),
    annotations: wordsOf(values.annotations),
  }
  await check(source, path, values, wording)
  return wording
}

/** A list of rules, or a text with one a line, as the inputs take them. */
function rulesOf(value: unknown): string[] {
  return wordsOf(value).flatMap((text) => text.split('\n'))
}

/** The reader of rules and templates is loaded only here: most stacks have none. */
async function check(
  source: SpecFile,
  path: KeyPath,
  values: Readonly<Record<string, unknown>>,
  { labels }: Wording,
): Promise<void> {
  const { checkTemplate, parseFlavor, parseTagRules } = await import('./tag-rules/index.ts')
  const each = (key: 'tags' | 'flavor' | 'annotations', read: (text: string, where: string) => void) => {
    const value = values[key]
    for (const [at, text] of wordsOf(value).entries())
      inSpec(source, [...path, key, ...(Array.isArray(value) ? [at] : [])], (where) => read(text, where))
  }
  each('tags', (text, where) => parseTagRules(text.split('\n'), where))
  each('flavor', (text, where) => parseFlavor(text.split('\n'), where))
  each('annotations', (text, where) => {
    if (!isAnnotation(text))
      throw new ActionError('spec', `${where}: ${JSON.stringify(text.slice(0, 80))} is no annotation`, [
        'Write it as [LEVEL:]KEY=VALUE; a level is one of manifest, index, manifest-descriptor, index-descriptor',
      ])
    checkTemplate(text, where)
  })
  for (const [key, text] of Object.entries(labels))
    inSpec(source, [...path, 'labels', key], (where) => checkTemplate(`${key}=${text}`, where))
}

/** The same message as of an input, as an error of the spec. */
function inSpec(source: SpecFile, path: KeyPath, read: (where: string) => void): void {
  try {
    read(source.place(path))
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const inList = typeof path.at(-1) === 'number'
    const hint = inList ? ['In [brackets] YAML divides at commas: quote a rule that holds a comma'] : []
    throw new ActionError('spec', error.message, [...error.details, ...hint], { cause: error })
  }
}
