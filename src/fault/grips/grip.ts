import type { LedgerUndo } from '../ledger.ts'

/** How a fault of one family is taken hold of, and let go of again. */
export interface Grip {
  /** How to undo it without the runner; asked right before `take`, and written down. */
  undo(): LedgerUndo[]
  /** Resolves when the fault is in force. Rejects when it cannot be; then, too, `letGo` is needed. */
  take(): Promise<void>
  /**
   * Resolves, with the rungs of the undo ladder that were needed, when nothing of it is left. When the whole system is
   * about to end, nothing is started again for it.
   */
  letGo(systemEnds: boolean): Promise<string[]>
}

/** Notes what a fault did by itself while it was in force, and when. */
export type NoteStep = (text: string) => void

/** How a fault in force tells of itself. */
export interface Tell {
  step: NoteStep
  /** What keeps it from being what it is said to be. */
  trouble(text: string): void
}
