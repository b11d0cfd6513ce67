import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { Secret } from '../../src/inputs.ts'
import { prepareSecrets } from '../../src/steps/secrets.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createTemporary } from '../helpers/temporary.ts'

const secrets: Secret[] = [
  { id: 'a', source: { value: 'hunter2 ' } },
  { id: 'b,"c', source: { env: 'TOKEN' } },
  { id: 'd', source: { file: 'netrc' } },
]

describe('prepareSecrets', () => {
  it('gives an untrusted run nothing, whatever its workflow says, and says so', async () => {
    await using temporary = await createTemporary()
    const host = createHost({ temp: temporary.folder, env: { TOKEN: 'hunter3' } })
    const inputs = createInputs({ secrets, ssh: ['default'] })
    const prepared = await prepareSecrets({ inputs, host, trust: 'untrusted' })
    expect(prepared).toEqual({ specifications: [], ssh: [], env: {}, allowRead: [] })
    await expect(stat(path.join(temporary.folder, 'secrets'))).rejects.toThrow('ENOENT')
    expect(host.said).toEqual([['notice', 'an untrusted run gets no secrets and no ssh agent']])
  })

  it('gives buildx files and names, never a value in an argument, and masks each', async () => {
    await using temporary = await createTemporary()
    const host = createHost({ temp: temporary.folder, env: { TOKEN: 'hunter3' } })
    const inputs = createInputs({ secrets, ssh: ['default'] })
    const prepared = await prepareSecrets({ inputs, host, trust: 'trusted' })
    const file = path.join(temporary.folder, 'secrets/0')
    expect(prepared).toEqual({
      specifications: [
        `type=file,id=a,src=${file}`,
        'type=env,"id=b,""c",env=TOKEN',
        'type=file,id=d,src=/nowhere/repository/netrc',
      ],
      ssh: ['default'],
      env: { TOKEN: 'hunter3' },
      allowRead: [file, '/nowhere/repository/netrc'],
    })
    expect(await readFile(file, 'utf8')).toBe('hunter2 ')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700)
    expect(host.said).toEqual(
      expect.arrayContaining([
        ['mask', 'hunter2 '],
        ['mask', 'hunter3'],
      ]),
    )
    expect(JSON.stringify(prepared.specifications)).not.toMatch(/hunter/)
  })

  it('names a variable that is not set', async () => {
    await using temporary = await createTemporary()
    const host = createHost({ temp: temporary.folder, env: {} })
    await expect(prepareSecrets({ inputs: createInputs({ secrets }), host, trust: 'trusted' })).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('the variable TOKEN'),
    })
  })
})
