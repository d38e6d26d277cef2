/** How the consumer of a dependency feels that it is broken. Faults cause conditions; stances answer them. */
export const conditions = ['unavailable', 'slow', 'failing', 'overloaded', 'wrong'] as const
export type Condition = (typeof conditions)[number]

/** What a line of `degraded` speaks of: any edge into `dependency`, or the one from `consumer`. */
export interface ConditionKey {
  consumer?: string
  dependency: string
  condition: Condition | '*'
}

/** Reads `'redis: unavailable'`, `'auth → redis: slow'` (or `->`), `'redis: *'`; `undefined` when it is none of these. */
export function parseConditionKey(text: string): ConditionKey | undefined {
  const match = /^(?:([^:→]+?)\s*(?:→|->)\s*)?([^:→]+?)\s*:\s*(\*|[a-z]+)$/.exec(text.trim())
  if (!match) return undefined
  const [, consumer, dependency, condition] = match
  if (condition !== '*' && !conditions.includes(condition as Condition)) return undefined
  return {
    ...(consumer ? { consumer } : {}),
    dependency: dependency as string,
    condition: condition as Condition | '*',
  }
}
