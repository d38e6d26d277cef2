import { openDatabase } from '../chassis/database.ts'

export interface Message {
  id: string
  order: number
  text: string
}

/** An e-mail that went out would leave a row in `sendings`, and that row is all that is sent here. */
const schema = `
  CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY,
    "order" INTEGER NOT NULL,
    text TEXT NOT NULL,
    arrivals INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sendings (message TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS sendings_by_message ON sendings (message);
`

/**
 * Messages come at least once and go out once. Each step alone may be repeated without harm: a message that was written
 * down and not sent, because the process died in between, was not confirmed either, and comes again.
 */
export class Messages {
  readonly #arrive
  readonly #send
  readonly #count

  /** `forgetful`: defect forgets-ids, what comes again is sent again. */
  constructor({ forgetful }: { forgetful: boolean }) {
    const database = openDatabase(schema)
    this.#arrive = database.prepare(`
      INSERT INTO messages (id, "order", text, arrivals) VALUES (:id, :order, :text, 1)
      ON CONFLICT DO UPDATE SET arrivals = arrivals + 1`)
    this.#send = database.prepare(`
      INSERT INTO sendings (message, at) SELECT :id, :at
      ${forgetful ? '' : 'WHERE NOT EXISTS (SELECT 1 FROM sendings WHERE message = :id)'}`)
    this.#count = database.prepare(`
      SELECT
        (SELECT coalesce(sum(arrivals), 0) FROM messages) AS received,
        (SELECT count(*) FROM sendings) AS sent,
        (SELECT coalesce(sum(arrivals - 1), 0) FROM messages) AS repeated,
        (SELECT count(*) FROM (SELECT 1 FROM sendings GROUP BY message HAVING count(*) > 1)) AS sentTwice,
        (SELECT coalesce(max("order"), 0) - count(DISTINCT "order") FROM messages
          WHERE id IN (SELECT message FROM sendings)) AS missing`)
  }

  receive({ id, order, text }: Message): void {
    this.#arrive.run({ id, order, text })
    this.#send.run({ id, at: Date.now() })
  }

  /**
   * `received` counts arrivals, `repeated` those of them that were known already, `sentTwice` messages; `missing` the orders
   * before the last one told, which number from 1 without gaps, of which nobody was told.
   */
  counts() {
    return { ...this.#count.get() }
  }
}
