import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Do something while no other process of this machine does it. The lock is an abstract Unix socket, which the kernel
 * takes back when its owner dies: no stale lock files.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const address = `\0buildx-action/${createHash('sha256').update(name).digest('hex').slice(0, 32)}`
  let server = await listen(address)
  while (!server) {
    await sleep(200)
    server = await listen(address)
  }
  try {
    return await work()
  } finally {
    server.close()
  }
}

async function listen(address: string): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy())
  return await new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)))
    server.listen(address, () => resolve(server))
  })
}
