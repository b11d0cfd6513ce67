import type { Plan } from './types.ts'

/** One job of a matrix: an image to build, and how many images of the plan have to be built before it in its line. */
export interface MatrixJob {
  readonly image: string
  readonly level: number
}

/** A job matrix for GitHub: `strategy: matrix: ${{ fromJSON(…) }}`, an entry for each image that is built. */
export function jobMatrix(plan: Plan): { include: MatrixJob[] } {
  const building = new Map(plan.images.filter((image) => image.action === 'build').map((image) => [image.name, image]))
  const levels = new Map<string, number>()
  for (const name of plan.order) {
    const image = building.get(name)
    if (image) levels.set(name, Math.max(0, ...image.parents.map((parent) => (levels.get(parent) ?? -1) + 1)))
  }
  return { include: [...levels].map(([image, level]) => ({ image, level })) }
}
