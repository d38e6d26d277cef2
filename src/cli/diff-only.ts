import { BrownoutError, exitCodes } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'
import type { Side } from '../diff/source/side.ts'
import type { Version } from '../diff/version.ts'

export interface Only {
  consumer: string | undefined
  provider: string | undefined
}

/** What is left of both sides. Rejects names that nobody has, and a side of which nothing is left: nothing would be compared. */
export function onlyOf([older, newer]: readonly [Side, Side], only: Only): [Version, Version] {
  for (const role of ['consumer', 'provider'] as const) {
    const known = [...new Set([older, newer].flatMap(({ version }) => namesOf(version, role)))].toSorted()
    const name = only[role]
    if (name !== undefined && !known.includes(name)) throw unknownName(role, name, known)
  }
  const left = [older, newer].map(({ version }) => restrict(version, only)) as [Version, Version]
  for (const [index, { interactions, messages }] of left.entries())
    if (interactions.length + messages.length === 0) throw nothingLeft([older, newer][index]?.name ?? '', only)
  return left
}

function namesOf({ interactions, messages }: Version, role: keyof Only): string[] {
  return [...interactions.map(({ terms }) => terms), ...messages].map((one) => one[role])
}

function restrict({ interactions, messages }: Version, { consumer, provider }: Only): Version {
  const isWanted = (one: { consumer: string; provider: string }) =>
    (consumer ?? one.consumer) === one.consumer && (provider ?? one.provider) === one.provider
  return { interactions: interactions.filter(({ terms }) => isWanted(terms)), messages: messages.filter(isWanted) }
}

function unknownName(role: string, name: string, known: readonly string[]): BrownoutError {
  return new BrownoutError('UNKNOWN_SERVICE', `Failed to compare: neither side has a ${role} "${name}".`, {
    exitCode: exitCodes.usage,
    hint: suggestion(name, known),
  })
}

function nothingLeft(side: string, { consumer, provider }: Only): BrownoutError {
  const pair = [consumer ?? 'any consumer', provider ?? 'any provider'].join(' → ')
  return new BrownoutError('NOTHING_TO_COMPARE', `Failed to compare: "${side}" says nothing of ${pair}.`, {
    exitCode: exitCodes.inconclusive,
    hint: 'Without --consumer and --provider, what is gone and what is new is told.',
  })
}
