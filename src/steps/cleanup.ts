import { decideCleanup, isOfRuns } from '../cleanup/decide.ts'
import type { CleanedRepository, CleanupRules, TagOutcome } from '../cleanup/types.ts'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { cleanupJson, cleanupMarkdown, cleanupText } from '../report/cleanup.ts'
import { SUMMARY_LIMIT } from '../report/sections.ts'
import { findImage } from '../stack/select.ts'
import { imageNames, tagOf } from '../stack/tags.ts'
import type { Stack } from '../stack/types.ts'
import { openRepository } from '../tools/registry-content.ts'
import type { RequestOptions } from '../tools/registry-request.ts'
import type { Trigger } from '../trigger/types.ts'
import type { Verdict } from './conclude.ts'
import { detect } from './detect.ts'
import { removeTags } from './remove-tags.ts'

interface Question {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

/**
 * Removes the tags that runs leave in the registries: caches of branches and fingerprints, by age and number; nothing that
 * another tag needs. Without `dry-run: false` it only says what it would remove. A repository that fails leaves the others to be done.
 */
export async function cleanup({ trigger, inputs, host }: Question): Promise<Verdict> {
  refuseUnfit(trigger, inputs)
  const { stack } = await detect({ trigger, inputs, host })
  const options: RequestOptions = { env: host.env, login: true, signal: host.signal }
  const cleaned: CleanedRepository[] = []
  for (const [repository, prefixes] of repositoriesOf(stack, inputs)) {
    host.out.info(`${repository}: reading its tags`)
    const rules = rulesOf(prefixes, { trigger, inputs })
    cleaned.push(await cleanRepository({ repository, rules, inputs, host, options }))
  }
  await host.out.result({
    json: cleanupJson(cleaned, !inputs.removes),
    text: cleanupText(cleaned, !inputs.removes),
    markdown: (limit) => cleanupMarkdown(cleaned, !inputs.removes, Math.min(limit, SUMMARY_LIMIT)),
  })
  return verdict(cleaned)
}

function refuseUnfit(trigger: Trigger, inputs: Inputs): void {
  if (trigger.trust === 'untrusted')
    throw new ActionError('input', `cleanup is for trusted runs alone: ${trigger.trustReason}`, [
      'run it on: schedule or workflow_dispatch',
    ])
  if (inputs.registry.length === 0)
    throw new ActionError('input', 'cleanup needs the input registry: there is nowhere to look', [
      'for example `registry: quay.io/pangeo`',
    ])
}

/** Full names of the images' repositories with the tag prefixes of the images in each. */
function repositoriesOf(stack: Stack, inputs: Inputs): Map<string, string[]> {
  const images = inputs.images.length > 0 ? inputs.images.map((text) => findImage(stack, text)) : stack.images
  const places = images.flatMap((image) => imageNames(image, inputs.registry).map((name) => ({ name, image })))
  const found = new Map<string, string[]>()
  for (const { name, image } of places) found.set(name, [...new Set([...(found.get(name) ?? []), image.tagPrefix])])
  return new Map([...found].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function rulesOf(prefixes: readonly string[], { trigger, inputs }: Pick<Question, 'trigger' | 'inputs'>): CleanupRules {
  return {
    prefixes,
    olderThan: inputs.olderThan,
    keep: inputs.keepNTagged,
    exclude: inputs.excludeTags,
    branch: trigger.defaultBranch === null ? null : tagOf(trigger.defaultBranch),
    now: Date.now(),
  }
}

/** What one repository needs. */
export interface RepositoryQuestion {
  readonly repository: string
  readonly rules: CleanupRules
  readonly inputs: Inputs
  readonly host: Host
  readonly options: RequestOptions
}

async function cleanRepository(question: RepositoryQuestion): Promise<CleanedRepository> {
  const { repository, rules, inputs, host, options } = question
  try {
    const client = openRepository(options, repository)
    const content = await client.content(isOfRuns(rules))
    const verdicts = decideCleanup(content, rules)
    const tags: TagOutcome[] = inputs.removes
      ? await removeTags({ ...question, client, content, verdicts })
      : verdicts.map((verdict) => ({ ...verdict, outcome: verdict.remove ? 'would' : 'kept' }))
    const failed = tags.find(({ outcome }) => outcome === 'failed')
    return { repository, tags, error: failed ? `${failed.tag} was not removed: ${failed.reason}` : null }
  } catch (error) {
    if (host.signal.aborted) throw error
    const details = error instanceof ActionError ? error.details : []
    return { repository, tags: [], error: [messageOf(error), ...details].join('; ') }
  }
}

function verdict(cleaned: readonly CleanedRepository[]): Verdict {
  const wrong = cleaned.filter(({ error }) => error !== null)
  if (wrong.length === 0) return { ok: true, message: '', details: [] }
  const [first] = wrong
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : ''
  return { ok: false, message: `${first?.repository} was not cleaned up: ${first?.error}${more}`, details: [] }
}
