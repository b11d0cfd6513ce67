import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { workflowBlocks } from '../../scripts/workflow-blocks.ts'

function document(...blocks: string[]): string {
  return blocks.map((block) => `Some text.\n\n${block}\n`).join('\n')
}

const workflow = '```yaml\non: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n```'
const steps = '```yaml\n- uses: actions/checkout@v7\n\n- run: make\n```'

describe('workflowBlocks', () => {
  it('keeps the lines of a workflow at their numbers', () => {
    const text = document(workflow)
    const [block] = workflowBlocks(text)
    expect(block?.line).toBe(4)
    const lines = text.split('\n')
    for (const at of [3, 4, 5, 6]) expect(block?.workflow.split('\n')[at]).toBe(lines[at])
  })

  it('puts steps alone into a job', () => {
    const [block] = workflowBlocks(`${'\n'.repeat(20)}${steps}`)
    expect(parse(block?.workflow ?? '').jobs.example.steps).toEqual([{ uses: 'actions/checkout@v7' }, { run: 'make' }])
    expect(block?.workflow.split('\n')[21]).toBe('      - uses: actions/checkout@v7')
  })

  it.each([
    ['spec.yml', '```yaml\nimages:\n  a: {skip: true}\n```'],
    ['a list of names', '```yaml\n- base-image\n- ml-notebook\n```'],
    ['another language', '```json\n{"jobs": {}}\n```'],
    ['an empty block', '```yaml\n```'],
  ])('leaves out %s', (_, block) => expect(workflowBlocks(document(block))).toEqual([]))

  it('finds every block, the last one also where its fence is not closed', () => {
    const text = document(workflow, steps, workflow).trimEnd().replace(/```$/, '')
    expect(workflowBlocks(text)).toHaveLength(3)
  })

  it('throws for a block that is no YAML', () => {
    expect(() => workflowBlocks(document('```yaml\non: [push\njobs: {\n```'))).toThrow()
  })
})
