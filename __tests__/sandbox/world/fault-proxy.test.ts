import { createServer, get, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type FaultProxyOptions, startFaultProxy } from '../../../sandbox/world/fault-proxy.ts'

const body = 'x'.repeat(10_000)
let server: Server
let target: string

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('x-host', request.headers.host ?? '')
      response.end(request.method === 'PUT' ? Buffer.concat(chunks) : body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  target = `127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

async function through(options: Omit<FaultProxyOptions, 'target'>, work: (url: string) => Promise<void>) {
  const proxy = await startFaultProxy({ ...options, target })
  try {
    await work(`http://${proxy.address}/v2/a?b=c`)
  } finally {
    await proxy.stop()
  }
  return proxy.requests
}

/** fetch() forgets what came before the cut. */
function received(url: string): Promise<{ bytes: number; complete: boolean }> {
  return new Promise((resolve) => {
    let bytes = 0
    get(url, (response) => {
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('error', () => {})
      response.on('close', () => resolve({ bytes, complete: response.complete }))
    })
  })
}

describe('startFaultProxy', () => {
  it('passes bodies and the Host header on, both ways', async () => {
    const requests = await through({}, async (url) => {
      const response = await fetch(url, { method: 'PUT', body: 'sent' })
      expect(await response.text()).toBe('sent')
      expect(response.headers.get('x-host')).toBe(new URL(url).host)
    })
    expect(requests).toMatchObject([{ method: 'PUT', path: '/v2/a', query: 'b=c', status: 200 }])
  })

  it('counts like requests, so that a fault can pass over', async () => {
    const behaviour: FaultProxyOptions['behaviour'] = (_, n) =>
      n < 3 ? { status: 429, headers: { 'retry-after': '1' } } : 'pass'
    const requests = await through({ behaviour }, async (url) => {
      const first = await fetch(url)
      expect([first.status, first.headers.get('retry-after')]).toEqual([429, '1'])
      expect(await first.json()).toMatchObject({ errors: [{ code: 'TOOMANYREQUESTS' }] })
      expect((await fetch(url, { method: 'PUT', body: '' })).status).toBe(429)
      expect((await fetch(url)).status).toBe(429)
      expect((await fetch(url)).status).toBe(200)
    })
    expect(requests.map(({ status }) => status)).toEqual([429, 429, 429, 200])
  })

  it.each([0, 1, 9999])('cuts an answer after %d bytes', async (cut) => {
    const requests = await through({ behaviour: () => ({ cut }) }, async (url) => {
      expect(await received(url)).toEqual({ bytes: cut, complete: false })
    })
    expect(requests).toMatchObject([{ status: 0 }])
  })

  it('drops a connection', async () => {
    await through({ behaviour: () => 'drop' }, async (url) => {
      await expect(fetch(url)).rejects.toThrow()
    })
  })

  it('holds an answer back', async () => {
    const start = performance.now()
    await through({ behaviour: () => ({ delay: 150 }) }, async (url) => expect((await fetch(url)).status).toBe(200))
    expect(performance.now() - start).toBeGreaterThanOrEqual(149)
  })

  it('asks for name and password', async () => {
    const basic = (text: string) => ({ headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` } })
    await through({ auth: { username: 'me', password: 'p:w' } }, async (url) => {
      const refused = await fetch(url)
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="registry"'])
      expect((await fetch(url, basic('me:other'))).status).toBe(401)
      expect((await fetch(url, basic('me:p:w'))).status).toBe(200)
    })
  })
})
