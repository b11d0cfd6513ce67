import type { Stage, TagTable } from '../../sandbox/play/stage.ts'

/**
 * What is written to the registry below a stage's prefix while something happens: `PUT base/manifests/main`. The stack's own
 * repository, of its journal and stack.json, is left out.
 */
export async function writesOf(stage: Stage, happening: () => Promise<unknown>): Promise<string[]> {
  const before = stage.world.accessLog().length
  await happening()
  const name = stage.prefix.split('/').slice(1).join('/')
  const below = `/v2/${name}/`
  return stage.world
    .accessLog()
    .slice(before)
    .filter(({ method, path }) => !['GET', 'HEAD'].includes(method) && path.startsWith(below))
    .filter(({ path }) => !path.startsWith(`${below}${name}/`))
    .map(({ method, path }) => `${method} ${path.slice(below.length)}`)
}

/** Tags that people see: without those that name what an image is made from. */
export function plainTags(tags: TagTable): TagTable {
  const plain = (own: TagTable[string]) =>
    Object.fromEntries(Object.entries(own).filter(([tag]) => !/(^|-)fp-[0-9a-f]{32}\b/.test(tag)))
  return Object.fromEntries(Object.entries(tags).map(([name, own]) => [name, plain(own)]))
}

/** A JSON output of the action; null where it is not set. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into outputs of every shape
export function json(text: string | undefined): any {
  return JSON.parse(text ?? 'null')
}

/** Name → action of the images in the output `plan`. */
export function actions(plan: string | undefined): Record<string, string> {
  const images = (json(plan)?.images ?? []) as { name: string; action: string }[]
  return Object.fromEntries(images.map(({ name, action }) => [name, action]))
}
