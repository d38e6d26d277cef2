import type { DatabaseSync } from 'node:sqlite'

export interface Message {
  id: string
  order: number
  text: string
}

/** Messages that were stored with their order, until notifications has confirmed them. */
export class Outbox {
  readonly #waiting
  readonly #sent

  constructor(database: DatabaseSync) {
    this.#waiting = database.prepare(`
      SELECT id, "order", text FROM messages INDEXED BY messages_waiting
      WHERE sent_at IS NULL ORDER BY placed_at, rowid LIMIT ?`)
    this.#sent = database.prepare('UPDATE messages SET sent_at = ? WHERE id = ?')
  }

  /** The oldest ones, `most` at most. */
  waiting(most: number): Message[] {
    return this.#waiting.all(most) as unknown as Message[]
  }

  sent({ id }: Message): void {
    this.#sent.run(Date.now(), id)
  }
}
