import type { KnownScenario } from './differences.ts'
import { fileScenarios } from './file-scenarios.ts'
import { pullScenarios } from './pull-scenarios.ts'
import { pushScenarios, revisionScenarios } from './push-scenarios.ts'

/** All that this action is compared on with others. */
export const scenarios: readonly KnownScenario[] = [
  ...fileScenarios,
  ...pushScenarios,
  ...pullScenarios,
  ...revisionScenarios,
]
