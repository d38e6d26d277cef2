import type { Socket } from 'node:net'
import { z } from 'zod'
import type { InteractionDefinition } from '../../../src/contract/define.ts'
import type { TransportError } from '../../../src/load/sample.ts'
import type { Evidence } from '../../../src/load/workload.ts'
import type { Received } from '../../load/rough-server.ts'
import type { DriverName } from './drivers.ts'

/** What a load driver makes of each arrival of a row. */
export interface Outcome {
  /** One, or several where it is a matter of chance what the kernel tells first. */
  error: TransportError | readonly TransportError[]
  status: number
  keeps: number
  /** ms; how much later than that it may be is the same for all rows. */
  tookAtLeast: number
  /** The response that is shown as evidence, as far as it matters. */
  shown: Partial<NonNullable<Evidence['response']>> | null
  /** What the server gets, arrival after arrival, in turn; it does not matter when empty. */
  sent: readonly Partial<Received>[]
}

/** One behaviour of a server, or one kind of request, and what every load driver must make of it. */
export interface Row {
  name: string
  interaction: Partial<InteractionDefinition>
  /** Writes to the bare socket. */
  answer(socket: Socket, request: Received): void
  /** Where there is no server that answers. */
  nowhere?:
    | 'refused'
    | 'never accepts'
    | 'no such name'
    | 'closed when accepted'
    | 'reset when accepted'
    | 'reset at the first bytes'
    | 'answered at the first bytes'
  arrivals: number
  expected: Outcome
  /** Where a driver does otherwise, and why that is left so. */
  differs: Partial<Record<DriverName, Partial<Outcome> & { reason: string }>>
}

/** What the answers of most rows say. */
export const good = '{"n":1}'
const usual = { body: z.object({ n: z.number() }) }

type Given = Partial<Omit<Row, 'expected'>> & { expected?: Partial<Outcome> }

/** A GET that is answered, unless said otherwise. */
export function row(name: string, answer: Row['answer'], { expected, ...given }: Given = {}): Row {
  return {
    name,
    answer,
    interaction: { response: usual },
    arrivals: 3,
    differs: {},
    ...given,
    expected: { error: 'none', status: 200, keeps: 1, tookAtLeast: 0, shown: {}, sent: [], ...expected },
  }
}

/** What becomes of an arrival that has no answer. */
export const broken = (error: Outcome['error']) => ({ error, status: 0, keeps: 0, shown: null })

/** A row of which no answer comes. */
export function lost(name: string, error: Outcome['error'], answer: Row['answer'], given: Given = {}): Row {
  return row(name, answer, { ...given, expected: { ...broken(error), ...given.expected } })
}

export const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

/** The reset must not overtake what was written. */
export function resetAfter(socket: Socket, text: string): void {
  socket.write(text)
  setTimeout(() => socket.resetAndDestroy(), 50)
}
