import { cleanUp } from './steps/clean-up.ts'
import { fail } from './tools/action.ts'

try {
  await cleanUp(process.env)
} catch (error) {
  fail(error)
}
