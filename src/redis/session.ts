import type { Command } from './commands/command.ts'
import type { Protocol } from './reply.ts'
import type { Database } from './store.ts'

/** What all connections share. */
export interface Shared {
  readonly databases: readonly Database[]
  /** Milliseconds. */
  now(): number
  readonly startedAt: number
  /** How many connections are open. */
  connections(): number
}

/** One connection: what its commands know and may change. */
export interface Session {
  readonly id: number
  readonly shared: Shared
  db: Database
  name: string
  protocol: Protocol
  /** Between MULTI and EXEC: the commands so far, and whether one of them was refused. */
  transaction: { queue: { command: Command; args: Buffer[] }[]; isRefused: boolean } | null
  /** The connection ends when its replies are sent. */
  isEnding: boolean
}
