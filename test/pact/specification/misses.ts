/**
 * Cases of which the verdict here is not the one that the specification demands, by name, each with its reason. None at
 * present; docs/discoveries/pact-specification.md says what was decided where the cases leave room.
 */
export const misses: ReadonlyMap<string, string> = new Map()
