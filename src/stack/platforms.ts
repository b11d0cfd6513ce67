import type { Image } from './types.ts'

/** The platforms that an image is built for: those of the run go before spec.yml's; none for the builder's own. */
export function plannedPlatforms(image: Pick<Image, 'platforms'>, platforms: readonly string[]): readonly string[] {
  return platforms.length > 0 ? platforms : image.platforms
}
