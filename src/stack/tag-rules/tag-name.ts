/** The longest tag that registries take: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull */
const longestTag = 128

/** A tag made from any text, or why there is none. */
export type TagName = { readonly tag: string; readonly cut: boolean } | { readonly refused: string }

/**
 * A text as a tag: what a tag cannot hold becomes `-`, as docker/metadata-action has it. Beyond it, dots and dashes at
 * the start go, for no tag starts so, and the text ends after 128 characters, less `reserve` for a variant's name.
 */
export function tagName(text: string, reserve = 0): TagName {
  const clean = text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '')
  if (clean === '') return { refused: 'nothing of it can stand in a tag' }
  // Whoever names a branch so would overwrite what the next run takes for a finished build.
  if (/^fp-[0-9a-f]{32}$/.test(clean)) return { refused: 'tags of this form are the fingerprints of builds' }
  const tag = clean.slice(0, longestTag - reserve)
  return { tag, cut: tag !== clean }
}
