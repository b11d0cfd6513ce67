import { isPersistent, untrustedNamespace } from '../cache/mount-policy.ts'
import { namespaceArgument } from '../cache/mounts.ts'
import type { Host } from '../host.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import { ownBuilder } from './builder.ts'
import type { Source } from './detect.ts'

/**
 * The build argument, over all others, by which what an untrusted run writes to cache mounts of a builder that lives on is met by no
 * trusted one; empty where there is nothing to keep apart.
 */
export function mountArgs({
  source,
  host,
  builder,
}: {
  source: Pick<Source, 'trigger'>
  host: Pick<Host, 'env'>
  builder: BuilderFacts
}): Record<string, string> {
  const persistent = isPersistent(builder, { own: ownBuilder, runner: host.env.RUNNER_ENVIRONMENT ?? '' })
  const namespace = untrustedNamespace(source.trigger, persistent)
  return namespace === null ? {} : { [namespaceArgument]: namespace }
}
