import { describe, expect, it } from '@jest/globals'
import { timed } from '../../bench/timed.ts'

const node = (code: string) => ({ file: process.execPath, args: ['-e', code] })

describe('timed', () => {
  it('gives the time from start to end and what was said', async () => {
    const { ms, stdout } = await timed(node('setTimeout(() => console.log("done"), 50)'))
    expect(stdout).toBe('done\n')
    expect(ms).toBeGreaterThanOrEqual(50)
  })

  it('throws for a run that ended otherwise than it should, with its last words', async () => {
    await expect(timed(node('console.error("why"); process.exit(3)'))).rejects.toThrow(/ended with 3, not 0\nwhy/)
    await expect(timed({ ...node('0'), status: 1 })).rejects.toThrow('ended with 0, not 1')
    await expect(timed({ ...node('process.exit(1)'), status: 1 })).resolves.toMatchObject({ stdout: '' })
  })

  it('throws where the program is not there', async () => {
    await expect(timed({ file: '/nonexistent/program', args: [] })).rejects.toThrow('ENOENT')
  })
})
