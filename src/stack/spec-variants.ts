import type { KeyPath, SpecFile } from './spec-file.ts'
import { objectOf, textOf, textsOf, type Values, wordsOf } from './spec-values.ts'

/** One of the versions that a folder is built in. */
export interface SpecVariant {
  readonly name: string
  readonly tag: string
  readonly args: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
  readonly target: string | null
  readonly skip: boolean | null
}

/**
 * The variants of an image, at `path` in the file, which the schema has accepted. Two of one name or tag would be built over
 * each other: ActionError('spec').
 */
export function readVariants(source: SpecFile, path: KeyPath, values: unknown): SpecVariant[] {
  const variants = (Array.isArray(values) ? values : []).map((value) => readVariant(objectOf(value)))
  const taken = { name: new Set<string>(), tag: new Set<string>() }
  for (const [at, variant] of variants.entries()) {
    checkedTag(source, [...path, at, 'tag'], variant.tag)
    for (const key of ['name', 'tag'] as const) {
      const value = variant[key].toLowerCase()
      if (taken[key].has(value))
        throw source.error([...path, at, key], `${JSON.stringify(variant[key])} is another variant's ${key} already`, [
          'Each variant has a name and a tag of its own; without tag its name is its tag',
        ])
      taken[key].add(value)
    }
  }
  return variants
}

function readVariant(value: Values): SpecVariant {
  const name = textOf(value.name) ?? ''
  return {
    name,
    tag: textOf(value.tag) ?? name,
    args: textsOf(value.args),
    platforms: wordsOf(value.platforms),
    target: textOf(value.target),
    skip: typeof value.skip === 'boolean' ? value.skip : null,
  }
}

/** What stands before an image's tags, given back; empty or null for nothing. ActionError('spec') where no tag may begin so. */
export function checkedTag(source: SpecFile, path: KeyPath, tag: string | null): string | null {
  if (!tag || /^\w[\w.-]{0,99}$/.test(tag)) return tag
  throw source.error(path, `${JSON.stringify(tag.slice(0, 80))} cannot begin a tag`, [
    'It is at most 100 letters, digits, dots, hyphens and underscores, and begins with none of . and -',
  ])
}
