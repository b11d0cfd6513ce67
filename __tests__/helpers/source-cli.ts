import { tmpdir } from 'node:os'
import path from 'node:path'

/** The command line from source: no test has to wait for a build, and none meets an old one. */
export const sourceCli = path.resolve(import.meta.dirname, '../../src/cli.ts')

/** Lets Node keep the JavaScript that it makes of the TypeScript: a start takes half the time then. */
export const keptSource = { NODE_COMPILE_CACHE: path.join(tmpdir(), 'buildx-action-compile-cache') }
