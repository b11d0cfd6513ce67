import { ActionError, explained } from './errors.ts'
import { run } from './run.ts'
import { actionHost, fail, readActionInputs } from './tools/action.ts'

try {
  const host = actionHost()
  const verdict = await run(readActionInputs(), host)
  if (verdict.ok) host.out.state('ended', 'well')
  else {
    host.out.state('ended', host.signal.aborted ? 'cancelled' : 'red')
    fail(new ActionError('build', verdict.message, verdict.details))
  }
} catch (error) {
  fail(explained(error))
}
