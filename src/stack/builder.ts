import { ActionError } from '../errors.ts'

/** A builder as buildx lists it. */
export interface BuilderFacts {
  readonly name: string
  /** `docker`, `docker-container`, `kubernetes`, `remote`, `cloud`; empty where it cannot be reached. */
  readonly driver: string
  readonly current: boolean
  readonly running: boolean
  readonly nodes: number
  readonly platforms: readonly string[]
  /** Only for the docker driver: images are kept by containerd, so indexes and attestations work. */
  readonly containerdStore: boolean
  readonly error: string | null
}

/** What the plan asks of a builder. */
export interface BuilderNeeds {
  readonly platforms: readonly string[]
  readonly annotations: boolean
  /** Provenance or an SBOM is to be pushed. */
  readonly attestations?: boolean
  /** Pushes without a tag. */
  readonly byDigest?: boolean
}

/** Which builder is taken: an existing one, or one of the run's own with the reason for it. */
export type BuilderChoice = { readonly use: BuilderFacts } | { readonly create: string }

/**
 * `named` is the input `builder` (or BUILDX_BUILDER): it is used or it is an error. Without a name the current builder
 * is used if it can do what is asked; else one is created. Throws ActionError('builder') with feature and remedy.
 */
export function chooseBuilder(builders: readonly BuilderFacts[], named: string, needs: BuilderNeeds): BuilderChoice {
  if (named) return { use: namedBuilder(builders, named, needs) }
  const current = builders.find((builder) => builder.current) ?? builders.find((builder) => builder.name === 'default')
  const engine = builders.find((builder) => builder.driver === 'docker' && !builder.error)
  if (!current || current.error) {
    if (engine) return { create: `the current builder ${current?.name ?? ''} cannot be reached` }
    throw new ActionError(
      'builder',
      `there is no builder: ${current?.error ? firstLine(current.error) : 'buildx knows none'}`,
      [
        'start Docker, or set up a builder (docker/setup-buildx-action, `docker buildx create`) and name it in the input builder',
      ],
    )
  }
  const lacking = lacks(current, needs)
  if (!lacking) return { use: current }
  if (engine) return { create: `builder ${current.name} (driver ${current.driver}) ${lacking}` }
  throw new ActionError(
    'builder',
    `builder ${current.name} (driver ${current.driver}) ${lacking}, and no Docker engine is there to start another`,
    ['name a builder that can in the input builder'],
  )
}

function namedBuilder(builders: readonly BuilderFacts[], named: string, needs: BuilderNeeds): BuilderFacts {
  const builder = builders.find((candidate) => candidate.name === named)
  if (!builder) {
    throw new ActionError('builder', `input builder: "${named}" is not a builder here`, [
      `buildx knows ${builders.map((one) => one.name).join(', ') || 'none'}`,
    ])
  }
  if (builder.error)
    throw new ActionError('builder', `builder ${named} cannot be reached: ${firstLine(builder.error)}`, [
      'start it, or name another in the input builder',
    ])
  const lacking = lacks(builder, needs)
  if (lacking) {
    throw new ActionError('builder', `builder ${named} (driver ${builder.driver}) ${lacking}`, [
      'name a builder with the docker-container driver, or leave the input builder empty: one is then created for the run',
    ])
  }
  return builder
}

/** What a builder cannot do, as the end of a sentence; null where it can do all. */
function lacks(builder: BuilderFacts, needs: BuilderNeeds): string | null {
  const classic = builder.driver === 'docker' && !builder.containerdStore
  if (classic && needs.platforms.length > 1) return `builds one platform at a time, not ${needs.platforms.join(', ')}`
  if (classic && needs.attestations) return 'makes no attestations (inputs provenance and sbom)'
  if (classic && needs.annotations) return 'drops annotations (of the input or of spec.yml)'
  if (builder.driver === 'docker' && needs.byDigest) return 'cannot push by digest'
  if (!builder.running || builder.platforms.length === 0) return null
  const missing = needs.platforms.find(
    (platform) => !builder.platforms.includes(platform) && !builder.platforms.includes(platform.replace(/\/v\d+$/, '')),
  )
  return missing ? `cannot build for ${missing} (it has ${builder.platforms.join(', ')})` : null
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
