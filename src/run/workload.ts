import type { Row } from '../contract/define.ts'
import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import type { LoadOrder, OwnScript, Stage, WorkloadInteraction } from '../load/workload.ts'
import type { PlannedInteraction } from './plan.ts'

export interface LoadSettings {
  run: string
  seed: number
  clock: LoadOrder['clock']
  contracts: LoadOrder['contracts']
  redact: readonly string[]
}

/** What a contract itself says of an interaction's parameters: an example for each, and at least one row. */
export interface OwnValues {
  parameters: Row
  rows: readonly Row[]
}

/** Numbers arrivals through the whole run, so that a request id is unique in it. */
export class Sequence {
  #next = 1
  /** The first of `count` fresh numbers. */
  take(count: number): number {
    const first = this.#next
    this.#next += count
    return first
  }
}

/** Sets up the provider states of a workload and fills its rows with what they yield. */
export async function fillRows(
  interactions: readonly PlannedInteraction[],
  valuesOf: (key: string) => OwnValues,
  enterState: (state: string) => Promise<readonly Row[]>,
): Promise<WorkloadInteraction[]> {
  const states = new Map<string, readonly Row[]>()
  for (const { given } of interactions) {
    if (given === null || states.has(given)) continue
    try {
      states.set(given, await enterState(given))
    } catch (error) {
      throw new BrownoutError('STATE_FAILED', `Failed to set up the provider state "${given}": ${messageOf(error)}.`, {
        exitCode: exitCodes.inconclusive,
        cause: error,
      })
    }
  }
  return interactions.map(({ id, key, weight, base, request, given }) => {
    const yielded = given === null ? [{}] : (states.get(given) as readonly Row[])
    return { id, key, weight, base, request, rows: combine(valuesOf(key), yielded.length > 0 ? yielded : [{}]) }
  })
}

/** Each row of the contract takes the next row of the state; all rows of both are used. A row outranks a state. */
function combine({ parameters, rows }: OwnValues, yielded: readonly Row[]): Row[] {
  return Array.from({ length: Math.max(rows.length, yielded.length) }, (_, index) => ({
    ...parameters,
    ...yielded[index % yielded.length],
    ...rows[index % rows.length],
  }))
}

export interface OrderParts {
  settings: LoadSettings
  sequence: Sequence
  interactions: readonly WorkloadInteraction[]
  stages: readonly Stage[]
  /** Plays instead of the stages. */
  script?: OwnScript | null
  timeoutMs: number
  into: LoadOrder['into']
}

/** Nobody knows how many requests a script tags; that many numbers are kept for them. */
const numbersOfScript = 2 ** 25

export function orderLoad(parts: OrderParts): LoadOrder {
  const { settings, sequence, interactions, stages, script = null, timeoutMs, into } = parts
  const arrivals = stages.reduce((sum, { rate, forMs }) => sum + Math.ceil((rate * forMs) / 1_000), 0)
  const { run, seed, clock, contracts, redact } = settings
  const firstSequence = sequence.take(script === null ? arrivals + 1 : numbersOfScript)
  return {
    workload: { stages, interactions, timeoutMs, seed, run, firstSequence },
    ...(script === null ? {} : { script }),
    clock,
    contracts,
    redact,
    into,
  }
}
