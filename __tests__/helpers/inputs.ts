import { type InputName, type Inputs, loadInputs } from '../../src/inputs.ts'

/** Inputs of a step that sets none, with some fields in place of what they would be. */
export function createInputs(overrides: Partial<Inputs> = {}): Inputs {
  return { ...readInputs({}), ...overrides }
}

/** Inputs from their texts, as a step gives them; 4 cores. */
export function readInputs(texts: Partial<Record<InputName, string>>): Inputs {
  return loadInputs((name) => texts[name] ?? '', 4)
}
