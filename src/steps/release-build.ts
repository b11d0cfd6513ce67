import { ActionError } from '../errors.ts'
import type { Trigger } from '../trigger/types.ts'
import { findBases } from './bases.ts'
import { findTools } from './builder.ts'
import { decide } from './decide.ts'
import type { Source } from './detect.ts'
import type { Release } from './release.ts'

/** Builds the images of a release's commit under the commit's own tag; what it published already is taken. */
export async function buildRelease({ source, inputs, host, registry, commit, tag }: Release): Promise<void> {
  if ((await source.git?.commit('HEAD')) !== commit)
    throw new ActionError('input', `${tag} cannot be built: something else than its commit is checked out`, [
      'check out the tag (actions/checkout with `ref`), or run this on the event of the pushed tag',
    ])
  host.out.notice(`the commit of ${tag} was never published: its images are built now`)
  const [{ make }, { detect }] = await Promise.all([import('./make.ts'), import('./detect.ts')])
  // As a dispatch for that very commit: everything that it has not published counts as changed, and no branch is moved.
  const trigger: Trigger = { ...source.trigger, kind: 'workflow_dispatch', branch: null, base: null }
  const building = { ...inputs, push: true as const, images: [], tags: [], flavor: [], lockMode: 'off' as const }
  const again: Source = { ...(await detect({ trigger, inputs: building, host })), commit }
  const tools = findTools({ trigger, host })
  const common = { source: again, inputs: building, host, registry }
  const decision = await decide(common)
  const bases = findBases({ ...common, tools })
  const made = await make({ ...common, decision, tools, bases, settle: (results) => [...results] })
  if (made.error) throw made.error
  const failed = made.results.filter(({ outcome }) => outcome === 'failed')
  const [first] = failed
  if (first)
    throw new ActionError('build', `${failed.map(({ name }) => name).join(', ')} failed: ${tag} is not released`, [
      first.failure?.message ?? '',
    ])
}
