import { type CachePlaces, noPlaces } from '../cache/types.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { ImageResult } from '../report/types.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import type { Registry } from '../tools/registry.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'

/** What decides about the caches of a run. */
export interface CachesQuestion {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  readonly builder: BuilderFacts
}

/** The caches of a run's builds, by the input `cache`. */
export interface Caches {
  /** Of one image, once what it restores is there. Asked right before its build; never throws but when the run is cancelled. */
  of(name: string): Promise<CachePlaces>
  /** Told once, after the last build: what is worth keeping is left to the post step. */
  settle(results: readonly ImageResult[]): Promise<void>
}

/** Begins to restore what the builds of the plan can use. */
export async function prepareCaches(_question: CachesQuestion): Promise<Caches> {
  return { of: async () => noPlaces, settle: async () => undefined }
}
