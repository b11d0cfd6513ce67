import { messageOf } from '../errors.ts'
import type { Progress } from '../report/progress.ts'
import type { PlannedImage } from '../stack/types.ts'
import type { BuildQuestion } from './build.ts'
import type { BuildFacts } from './describe.ts'

/** One image that is built: its decision, its target in the bake file, and what all builds share. */
export interface Build {
  readonly question: BuildQuestion
  readonly planned: PlannedImage
  readonly target: string
  readonly facts: BuildFacts
  /** What bake tells of its target. */
  readonly progress: Progress
  /** Told when nothing is left but to compress and send: another image may begin. */
  readonly release: () => void
}

/** Images that one bake process builds: one, or with `monolithic` all. */
export type Batch = readonly [Build, ...Build[]]

/** An image of a batch failed, or several: none of it is to be had. */
export class BatchFailed extends Error {
  /** Why, by image. */
  readonly errors: ReadonlyMap<string, unknown>
  /** All of it may pass by itself. */
  readonly transient: boolean

  constructor(errors: ReadonlyMap<string, unknown>) {
    const told = [...errors].map(([name, error]) => (errors.size > 1 ? `${name}: ` : '') + messageOf(error))
    super(told.join('; '))
    this.errors = errors
    this.transient = [...errors.values()].every((error) => (error as { transient?: boolean }).transient === true)
  }
}

/** Does something for each image, for all at once. Throws BatchFailed. */
export async function each<T>(
  builds: readonly Build[],
  work: (build: Build) => Promise<T>,
): Promise<ReadonlyMap<Build, T>> {
  const settled = await Promise.allSettled(builds.map(work))
  const failed = builds.flatMap((build, at) => {
    const one = settled[at]
    return one?.status === 'rejected' ? [{ build, error: one.reason as unknown }] : []
  })
  refuseFailed(failed)
  return new Map(
    builds.flatMap((build, at): [Build, T][] => {
      const one = settled[at]
      return one?.status === 'fulfilled' ? [[build, one.value]] : []
    }),
  )
}

/** Throws where any failed. */
export function refuseFailed(failed: readonly { readonly build: Build; readonly error: unknown }[]): void {
  if (failed.length === 0) return
  throw new BatchFailed(new Map(failed.map(({ build, error }) => [build.planned.name, error])))
}

/** What failed of an image by an error of its batch; undefined where another image is the cause. */
export function errorOf(error: unknown, { planned }: Build): unknown {
  return error instanceof BatchFailed ? error.errors.get(planned.name) : error
}
