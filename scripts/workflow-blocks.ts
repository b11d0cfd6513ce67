import { parse } from 'yaml'

/** A workflow that a document shows. */
export interface WorkflowBlock {
  /** 1-based line of the block's first line in the document. */
  readonly line: number
  /** A whole workflow with the block's lines at their line numbers in the document: findings then name the right line. */
  readonly workflow: string
}

/** What a block of steps alone stands in: `- uses: …` is checked as part of a job. */
const frame = ['on: push', 'permissions: {}', 'jobs:', '  example:', '    runs-on: ubuntu-24.04', '    steps:']

/** The ```yaml blocks of a Markdown text that are workflows or steps; other YAML (spec.yml) is left out. Throws for one that is no YAML. */
export function workflowBlocks(markdown: string): WorkflowBlock[] {
  const blocks: WorkflowBlock[] = []
  const lines = markdown.split('\n')
  for (let at = 0; at < lines.length; at++) {
    if (!/^```ya?ml\s*$/.test(lines[at] ?? '')) continue
    const end = lines.findIndex((text, later) => later > at && /^```\s*$/.test(text))
    const body = lines.slice(at + 1, end < 0 ? lines.length : end)
    const workflow = toWorkflow(body, at + 1)
    if (workflow !== null) blocks.push({ line: at + 2, workflow })
    at += body.length + 1
  }
  return blocks
}

function toWorkflow(body: readonly string[], before: number): string | null {
  const data: unknown = parse(body.join('\n'))
  if (Array.isArray(data)) {
    const isSteps = data.every((item) => typeof item === 'object' && item !== null && ('uses' in item || 'run' in item))
    return isSteps ? placed([...frame], body.map(indented), before) : null
  }
  const isWorkflow = typeof data === 'object' && data !== null && 'jobs' in data
  return isWorkflow ? placed([], body, before) : null
}

function placed(head: readonly string[], body: readonly string[], before: number): string {
  const blank = Array.from({ length: Math.max(0, before - head.length) }, () => '')
  return `${[...blank, ...head, ...body].join('\n')}\n`
}

function indented(line: string): string {
  return line === '' ? '' : `      ${line}`
}
