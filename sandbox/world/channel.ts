import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ChannelRequest } from '../conda/channel.ts'
import { type ProcessSpec, startProcess, waitForLine } from './processes.ts'

/** Start the conda channel (sandbox/conda) as a process of the world. Gives its URL. */
export async function startChannelProcess(dir: string, outlive: boolean): Promise<string> {
  const program = resolve(import.meta.dirname, '../conda/serve.ts')
  const args = [program, '--log', requestsFile(dir)]
  const spec: ProcessSpec = { dir, name: 'channel', command: process.execPath, args, outlive }
  startProcess(spec)
  return await waitForLine(spec, /^(http:\S+)\n/m)
}

/** The requests that the channel of a world answered, oldest first. */
export function readChannelLog(dir: string): ChannelRequest[] {
  if (!existsSync(requestsFile(dir))) return []
  const lines = readFileSync(requestsFile(dir), 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as ChannelRequest)
}

function requestsFile(dir: string): string {
  return join(dir, 'channel-requests.jsonl')
}
