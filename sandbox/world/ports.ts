import { createServer } from 'node:net'

/** A port of the loopback interface that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** Whether something answers HTTP at that URL, with whatever status. */
export async function answers(url: string): Promise<boolean> {
  return await fetch(url, { method: 'HEAD' }).then(
    () => true,
    () => false,
  )
}
