import { publishedReason } from './plan.ts'
import type { Image, Plan, Stack } from './types.ts'

/**
 * The plan with `monolithic`: where one image is built, all are that the run is about, of this commit's files; but for those that
 * spec.yml skips and those that this very commit published before. A plan that builds nothing stays.
 */
export function wholeStack(
  plan: Plan,
  {
    stack,
    selected,
    tags,
  }: {
    readonly stack: Stack
    /** The images asked for and their ancestors; null = the whole stack. */
    readonly selected: ReadonlySet<string> | null
    readonly tags: (image: Image) => readonly string[]
  },
): Plan {
  const first = plan.images.find(({ action }) => action === 'build')
  if (!first) return plan
  const byName = new Map(stack.images.map((image) => [image.name, image]))
  const images = plan.images.map((planned) => {
    const image = byName.get(planned.name)
    const left = !image || image.skip || planned.reason === publishedReason || !(selected?.has(planned.name) ?? true)
    if (left || planned.action === 'build') return planned
    const reason = `monolithic: built with ${first.name}`
    return { ...planned, action: 'build' as const, reason, digest: null, tags: tags(image) }
  })
  return { ...plan, images }
}
