import type { Random } from '../core/random.ts'

/** `upstream`: what the client sends; `downstream`: what it gets. */
export type Direction = 'upstream' | 'downstream'

/** Bytes on their way through the toxics. They belong to the chain: no later read overwrites them. */
export interface Chunk {
  bytes: Buffer
  /** When they arrived, in ms of `performance.now()`. Whoever delays them moves it on, so that delays add up. */
  at: number
}

/** What a toxic can do to the direction it sits on. */
export interface Outlet {
  /** Chance for this toxic on this connection; the same seed replays it. */
  readonly random: Random
  pass(chunk: Chunk): void
  /** Nothing more comes in this direction (a half close, if the other still flows). */
  passEnd(): void
  /** Closes the connection once what was passed is delivered. */
  close(): void
  /** Resets both sides of the connection (RST) at once. */
  reset(): void
}

/**
 * A toxic at work on one direction of one connection. Only `data` is required: it passes the chunk on, holds it back or
 * drops it. The rest are powers that some toxics have.
 */
export interface Effect {
  data(chunk: Chunk): void
  /** The source has ended. Without this power the end is passed on at once. */
  end?(): void
  /** How many chunks are held back now; nothing more is read while they are more than `room` (0 unless given). */
  readonly held?: number
  readonly room?: number
  /** Hands over all that is held, oldest first, and stops every timer: it is not asked again. */
  release?(): Chunk[]
  /** The attributes have new values. */
  updated?(): void
  /** The toxic was removed under a live connection, and what was held has gone on. */
  removed?(): void
}

/** The whole numbers that an attribute may be. */
export interface Range {
  least: number
  most: number
}

/** Timers can wait no longer; below 0 is as good as 0. */
export const milliseconds: Range = { least: -0x7fff_ffff, most: 0x7fff_ffff }
export const microseconds: Range = { least: 1_000 * milliseconds.least, most: 1_000 * milliseconds.most }
export const wholeNumber: Range = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER }

/** A kind of toxic: one file each, in `toxics/`. */
export interface ToxicKind<Name extends string = string> {
  readonly type: string
  /** Attributes in the order the API shows them; 0 unless given. */
  readonly attributes: Readonly<Record<Name, Range>>
  /** `attributes` is live: an update changes its values under the effect. */
  affect(attributes: Readonly<Record<Name, number>>, outlet: Outlet): Effect
}

/** A toxic on a proxy. */
export interface Toxic {
  readonly name: string
  readonly kind: ToxicKind
  /** As the user wrote it: `'upStream'` is accepted, and shown again. */
  readonly stream: string
  readonly direction: Direction
  /** Its place in the chain: later ones come after it. */
  readonly order: number
  /** The share of connections it is at work on: 0 none, 1 all. */
  toxicity: number
  readonly attributes: Record<string, number>
}
