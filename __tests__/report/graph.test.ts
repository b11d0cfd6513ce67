import { describe, expect, it } from '@jest/globals'
import { renderGraph } from '../../src/report/graph.ts'
import type { Plan, PlannedImage } from '../../src/stack/types.ts'

const image = (name: string, parents: string[], action: PlannedImage['action']): PlannedImage => ({
  name,
  dockerfile: `${name}/Dockerfile`,
  path: name,
  parents,
  external: [],
  action,
  reason: 'a "reason" \\ here',
  relock: false,
  lockSources: [],
  fingerprint: null,
  tags: [],
  digest: null,
})
const plan: Plan = {
  images: [image('base', [], 'reuse'), image('a/b', ['base'], 'build'), image('x"]; evil', ['base', 'gone'], 'skip')],
  order: ['base', 'a/b', 'x"]; evil'],
}

describe('renderGraph', () => {
  it('draws mermaid', () => {
    expect(renderGraph(plan, 'mermaid').split('\n').slice(0, 6)).toEqual([
      'flowchart LR',
      '  n0["base"]:::reuse',
      '  n1["a/b"]:::build',
      '  n2["x··· evil"]:::skip',
      '  n0 --> n1',
      '  n0 --> n2',
    ])
  })

  it('draws DOT, in which no name ends its string', () => {
    const text = renderGraph(plan, 'dot')
    expect(text).toMatch(/^digraph stack \{\n[\s\S]*\n\}\n$/)
    expect(text).toContain('"base" -> "a/b"')
    expect(text).toContain('"x\\"]; evil" [')
    expect(text).toContain('tooltip="build: a \\"reason\\" \\\\ here"')
    expect(text).not.toContain('gone')
  })
})
