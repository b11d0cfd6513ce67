import type { Plan } from './types.ts'

/**
 * One job of a matrix: an image to build, and how many images of the plan have to be built before it in its line. In a plan of
 * more images than GitHub takes jobs, `image` holds several, with commas, as the input `images` takes them.
 */
export interface MatrixJob {
  readonly image: string
  readonly level: number
}

/** GitHub starts no run whose matrix has more jobs. */
const mostJobs = 256

/** A job matrix for GitHub: `strategy: matrix: ${{ fromJSON(…) }}`, an entry for each image that is built, 256 at most. */
export function jobMatrix(plan: Plan): { include: MatrixJob[] } {
  const building = new Map(plan.images.filter((image) => image.action === 'build').map((image) => [image.name, image]))
  const levels = new Map<string, number>()
  for (const name of plan.order) {
    const image = building.get(name)
    if (image) levels.set(name, Math.max(0, ...image.parents.map((parent) => (levels.get(parent) ?? -1) + 1)))
  }
  const jobs = [...levels].map(([image, level]) => ({ image, level }))
  return { include: jobs.length <= mostJobs ? jobs : grouped(jobs) }
}

/** The matrix taken apart by level: each is a job of its own that needs the one before, as no expression of GitHub's can filter. */
export function levelMatrices(plan: Plan): { include: MatrixJob[] }[] {
  const byLevel = Map.groupBy(jobMatrix(plan).include, (job) => job.level)
  return [...byLevel].sort(([a], [b]) => a - b).map(([, include]) => ({ include }))
}

/** Images of one level share jobs; where there are more levels than jobs, neighbours in the build order do. */
function grouped(jobs: readonly MatrixJob[]): MatrixJob[] {
  const byLevel = [...Map.groupBy(jobs, (job) => job.level)].sort(([a], [b]) => a - b)
  const size = smallestSize(byLevel.map(([, level]) => level.length))
  if (size !== null)
    return byLevel.flatMap(([level, images]) => chunks(images, size).map((some) => joined(some, level)))
  return chunks(jobs, Math.ceil(jobs.length / mostJobs)).map(joined)
}

/** Images a job, so that levels of these numbers of images fit; null when they never do. */
function smallestSize(counts: readonly number[]): number | null {
  if (counts.length > mostJobs) return null
  const needed = (size: number) => counts.reduce((sum, count) => sum + Math.ceil(count / size), 0)
  let size = 2
  while (needed(size) > mostJobs) size++
  return size
}

function joined(jobs: readonly MatrixJob[], level: number): MatrixJob {
  return { image: jobs.map((job) => job.image).join(','), level }
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}
