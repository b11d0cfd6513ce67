import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { workflowBlocks } from '../../scripts/workflow-blocks.ts'
import { readSpecFile } from '../../src/stack/spec-file.ts'

const documents = [...globSync('*.md'), ...globSync('docs/**/*.md'), 'images/README.md', 'sandbox/README.md'].sort()
const read = (file: string) => readFileSync(file, 'utf8')
const source = globSync('src/**/*.ts').map(read).join('\n')

describe('documents', () => {
  it.each(documents)('%s links to what is there', (document) => {
    const links = [...read(document).matchAll(/\]\(([^)#\s]+)(?:#[\w-]*)?\)/g)].map((match) => match[1] ?? '')
    const broken = links.filter(
      (link) => !/^https?:/.test(link) && !existsSync(path.join(path.dirname(document), link)),
    )
    expect(broken).toEqual([])
  })

  it('the README begins with a whole workflow of at most 25 lines', () => {
    const [block] = workflowBlocks(read('README.md'))
    expect(block?.line).toBeLessThan(10)
    expect(block?.workflow.trim().split('\n').length).toBeLessThanOrEqual(25)
  })

  it.each(['README.md', 'docs/spec.md', 'docs/tag-rules.md'])(
    '%s shows a spec.yml that its schema takes',
    async (document) => {
      const blocks = [...read(document).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '')
      const specs = blocks.filter((block) => 'images' in parse(block))
      expect(specs.length).toBeGreaterThan(0)
      for (const text of specs)
        await expect(readSpecFile('spec.yml', text)).resolves.toMatchObject({ file: 'spec.yml' })
    },
  )

  it('the threat model names tests that are there', () => {
    const names = [...read('docs/threat-model.md').matchAll(/`([\w/-]+\.test\.ts)`/g)].map((match) => match[1] ?? '')
    expect(names.length).toBeGreaterThan(5)
    expect(names.filter((name) => !existsSync(path.join('__tests__', name)))).toEqual([])
  })
})

describe('docs/errors.md', () => {
  const cells = [...read('docs/errors.md').matchAll(/^\| (.*?[^\\]) +\|/gm)].map((match) => match[1] ?? '')
  const texts = cells.flatMap((cell) => [...cell.matchAll(/(`+)(.+?)\1(?!`)/g)].map((match) => match[2] ?? ''))

  it('has texts', () => expect(texts.length).toBeGreaterThan(30))

  // What Node, buildx or the kernel say, and what is put together from parts too small to look for.
  const others =
    /no space left|Unknown option|ended by SIGKILL|failed in step|FILE:LINE|^path: …|^input NAME: …$|KEY=VALUE/

  it.each(texts.filter((text) => !others.test(text)))('the code says "%s"', (text) => {
    const parts = text.split(/…|"|\b[A-Z]{1,}\b|\d+|:| → /).map((part) => part.trim())
    const longest = parts.sort((a, b) => b.length - a.length)[0] ?? ''
    expect(longest.length).toBeGreaterThan(5)
    expect(source).toContain(longest)
  })
})
