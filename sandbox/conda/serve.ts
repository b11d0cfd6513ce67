#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { startChannel } from './channel.ts'

const { values } = parseArgs({
  options: { port: { type: 'string' }, host: { type: 'string' }, log: { type: 'string' } },
})
const channel = await startChannel({
  ...(values.port ? { port: Number(values.port) } : {}),
  ...(values.host ? { host: values.host } : {}),
  ...(values.log ? { log: values.log } : {}),
})
process.stdout.write(`${channel.url}\n`)
