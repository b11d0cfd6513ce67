import { describe, expect, it } from '@jest/globals'
import { run } from '../../src/run.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createRepository } from '../helpers/repository.ts'
import { makeHistory } from '../never-miss/history.ts'

describe('the output matrix', () => {
  it.each([
    [256, 256],
    [300, 150],
  ])('of a plan of %i images has %i jobs: GitHub starts no run with more than 256', async (images, jobs) => {
    await using repository = await createRepository()
    const names = Array.from({ length: images }, (_, at) => `i${at}`)
    const files = names.map((name) => [`${name}/Dockerfile`, { mode: '100644', text: 'FROM debian:12\n' }] as const)
    const [head = ''] = makeHistory(repository.folder, [{ parents: [], files: Object.fromEntries(files) }])
    const host = createHost({
      kind: 'action',
      cwd: repository.folder,
      env: { PATH: process.env.PATH },
      event: { name: 'local', path: null, ref: '', sha: '', base: null, head },
    })
    await run(createInputs({ command: 'plan' }), host)
    const output = host.said.find(([method, name]) => method === 'output' && name === 'matrix')?.[2]
    const { include } = JSON.parse(String(output)) as { include: { image: string }[] }
    expect(include).toHaveLength(jobs)
    expect(include.flatMap(({ image }) => image.split(',')).sort()).toEqual([...names].sort())
  })
})
