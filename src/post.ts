import { cleanUp } from './steps/clean-up.ts'
import { actionHost, fail } from './tools/action.ts'

try {
  await cleanUp(actionHost())
} catch (error) {
  fail(error)
}
