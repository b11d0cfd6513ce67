import { describe, expect, it } from '@jest/globals'
import { alternate } from '../../bench/alternate.ts'

describe('alternate', () => {
  it('runs every side once a round, beginning with another one each time, and counts no warm-up', async () => {
    const ran: string[] = []
    const side = (name: string) => async (round: number) => {
      ran.push(`${name}${round}`)
      return round
    }
    const samples = await alternate({ a: side('a'), b: side('b') }, { runs: 2, warmUps: 1 })
    expect(ran).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2'])
    expect(samples).toEqual({ a: [1, 2], b: [1, 2] })
  })

  it('never runs two at once', async () => {
    let running = 0
    const side = async () => {
      running += 1
      expect(running).toBe(1)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      return 0
    }
    await alternate({ a: side, b: side, c: side }, { runs: 3, warmUps: 0 })
  })

  it('ends with the first run that fails', async () => {
    const failing = async () => await Promise.reject(new Error('no'))
    await expect(alternate({ a: failing }, { runs: 1, warmUps: 0 })).rejects.toThrow('no')
  })
})
