import { run } from './run.ts'
import { actionHost, fail, readActionInputs } from './tools/action.ts'

try {
  const host = actionHost()
  const verdict = await run(readActionInputs(), host)
  if (!verdict.ok) fail(new Error(verdict.message))
} catch (error) {
  fail(error)
}
