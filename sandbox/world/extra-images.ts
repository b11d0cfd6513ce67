import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Builder, buildAndPush } from './builder.ts'
import { contentKey, type Seed } from './seeds.ts'
import type { WorldImage } from './types.ts'

/** The seed of an image that a caller adds: its key covers its folders, its arguments and the base images. */
export async function worldSeed(builder: Builder, image: WorldImage, base: readonly Seed[]): Promise<Seed> {
  const refs = [image.ref, ...(image.also ?? [])].map(mirrorPath)
  const folders = [image.context, ...Object.values(image.buildContexts ?? {}).filter((value) => existsSync(value))]
  const texts = [
    ...refs,
    JSON.stringify([image.buildArgs, Object.keys(image.buildContexts ?? {})]),
    ...base.map((seed) => seed.key),
  ]
  return {
    key: `${refs[0]?.replace(/[^a-z0-9.]+/g, '-')}-${await contentKey(
      folders.map((folder) => resolve(folder)),
      texts,
    )}`,
    build: async (registry) => {
      await buildAndPush(
        builder,
        refs.map((ref) => `${registry}/${ref}`),
        image.context,
        {
          buildArgs: image.buildArgs ?? {},
          buildContexts: image.buildContexts ?? {},
        },
      )
    },
  }
}

/** Where docker.io keeps a reference: `busybox` → `library/busybox:latest`. */
export function mirrorPath(ref: string): string {
  const path = ref.replace(/^(index\.)?docker\.io\//, '')
  const full = path.includes('/') ? path : `library/${path}`
  return /[:@][^/]*$/.test(full) ? full : `${full}:latest`
}
