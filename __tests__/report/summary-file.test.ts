import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { renderSummary } from '../../src/report/summary.ts'
import { appendSummary } from '../../src/tools/summary-file.ts'
import { createStackResult } from './sample.ts'

const render = (plan?: unknown) => (limit: number) => renderSummary(createStackResult(), { plan, limit })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summary-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

it('appends to what is there', async () => {
  const path = join(folder, 'summary')
  await writeFile(path, 'before\n')
  expect(await appendSummary(path, render())).toBeNull()
  expect(await readFile(path, 'utf8')).toMatch(/^before\n## ❌ 1 failed/)
})

it('stays below GitHub’s limit with what is there', async () => {
  const path = join(folder, 'summary')
  await writeFile(path, 'x'.repeat(1024 * 1024 - 6000))
  expect(await appendSummary(path, render('z'.repeat(10_000)))).toBeNull()
  const text = await readFile(path, 'utf8')
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024)
  expect(text).toContain('Left out')
})

it('says why it wrote nothing', async () => {
  const path = join(folder, 'summary')
  expect(await appendSummary(path, render())).toMatch(/^no summary: .*ENOENT/)
  await writeFile(path, 'x'.repeat(1024 * 1024))
  expect(await appendSummary(path, render())).toBe("no summary: 1048576 bytes of GitHub's 1 MiB are used already")
})
