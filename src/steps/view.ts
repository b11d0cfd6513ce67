import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type Explanation, renderExplanation, renderFindings } from '../report/explain.ts'
import { renderGraph } from '../report/graph.ts'
import { fileRules, findImage } from '../stack/index.ts'
import { explainCache } from './cache-explain.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'

/** What `--explain` or `--graph` shows in place of the plan; nothing where neither was asked for. */
export function viewOf({
  source,
  decision,
  inputs,
  host,
}: {
  source: Source
  decision: Decision
  inputs: Inputs
  host: Host
}): {
  text?: string
  json?: unknown
} {
  const { plan } = decision
  const { explain = null, graph = null } = host.view ?? {}
  const options = { color: host.out.colour }
  if (graph !== null) return { text: renderGraph(plan, graph) }
  if (explain === null) return {}
  if (explain === '') {
    const { path, spec, images, notes } = source.stack
    return { text: renderFindings(source.stack, options), json: { path, spec, images, notes } }
  }
  const found = explanationOf(source, decision, explain)
  const cache = explainCache({ image: found.image, source, inputs, push: decision.push.push })
  const explanation = { ...found, cache }
  return { text: renderExplanation(explanation, options), json: explanation }
}

function explanationOf({ stack, changes }: Source, { plan, explained }: Decision, name: string): Explanation {
  const image = findImage(stack, name)
  const planned = plan.images.find((other) => other.name === image.name)
  if (planned === undefined) throw new Error(`no decision about ${image.name}`)
  const notes = stack.notes.filter((note) => note.path === image.dockerfile)
  return {
    image,
    planned,
    changes,
    files: fileRules(stack, image, changes.files),
    notes,
    ...(explained && { fingerprint: explained }),
  }
}
