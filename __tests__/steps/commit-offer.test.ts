import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { startArtifactService } from '../../sandbox/github/artifacts.ts'
import { lockOfferMarkdown } from '../../src/report/lock-offer.ts'
import { offerLocks } from '../../src/steps/commit-offer.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createRepository, gitEnvironment } from '../helpers/repository.ts'
import { createTemporary } from '../helpers/temporary.ts'

const files = [
  { path: 'a/conda-lock.yml', before: 'old\n', text: 'new\n' },
  { path: 'a/conda-linux-64.lock', before: null, text: 'explicit\n' },
]
const github = { GITHUB_REPOSITORY: 'pangeo/images', GITHUB_RUN_ID: '42', GITHUB_RUN_ATTEMPT: '2' }
const question = { files, head: 'c'.repeat(40), reason: 'a fork', remedy: null }

/** The client reads the process's own environment and prints. */
async function withEnvironment<T>(env: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const quiet = jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  Object.assign(process.env, env)
  try {
    return await work()
  } finally {
    for (const name of Object.keys(env)) delete process.env[name]
    quiet.mockRestore()
  }
}

describe('offerLocks', () => {
  it('keeps the files and a patch as an artifact of the run, and says how to take it', async () => {
    await using service = await startArtifactService()
    await using temporary = await createTemporary()
    const host = createHost({ temp: temporary.folder, env: { ...github, ...service.env } })
    const offer = await withEnvironment(
      service.env,
      async () => await offerLocks({ ...question, host, inputs: createInputs() }),
    )
    expect(service.problems()).toEqual([])
    const [artifact] = service.artifacts()
    expect(artifact?.files).toEqual({
      'locks.patch': offer.patch,
      'a/conda-lock.yml': 'new\n',
      'a/conda-linux-64.lock': 'explicit\n',
    })
    expect(offer.lines?.gh).toBe(
      `gh run download 42 --repo pangeo/images --name ${artifact?.name} --dir .locks\ngit apply .locks/locks.patch && rm -r .locks`,
    )
    expect(offer.lines?.curl).toContain('https://api.github.com/repos/pangeo/images/actions/artifacts/7000/zip')
    await using repository = await createRepository()
    repository.commit({ 'a/conda-lock.yml': 'old\n' })
    execFileSync('git', ['apply', '-'], { cwd: repository.folder, env: gitEnvironment, input: offer.patch })
    for (const { path: file, text } of files)
      expect(readFileSync(path.join(repository.folder, file), 'utf8')).toBe(text)
  })

  it('gives the patch alone where nothing takes artifacts', async () => {
    const host = createHost({ env: github })
    const offer = await offerLocks({ ...question, host, inputs: createInputs() })
    expect(offer.lines).toBeNull()
    expect(lockOfferMarkdown(offer)).toContain('+new')
  })

  // Broken by: putting what the service or a name says into a line for a shell unseen.
  it('writes no line of what is not plain', async () => {
    await using service = await startArtifactService()
    await using temporary = await createTemporary()
    const env = { ...github, GITHUB_REPOSITORY: 'a/b; rm -rf ~', ...service.env }
    const host = createHost({ temp: temporary.folder, env })
    const offer = await withEnvironment(
      service.env,
      async () => await offerLocks({ ...question, host, inputs: createInputs() }),
    )
    expect(offer.lines).toBeNull()
  })
})
