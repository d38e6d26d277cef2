import type { PactInteraction } from '../../pact/model.ts'

/** Provider states in words; their parameters are examples. */
export function statesOf({ states }: Pick<PactInteraction, 'states'>): string {
  return states.map(({ name }) => name).join(', ')
}
