import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

const leaseMs = 3_000

export interface Job {
  id: number
  order: number
  album: number
  copies: number
  /** Whoever reports the job shows it; the next one who is given the job gets another. */
  lease: string
  leaseMs: number
}

/** What was rendered. */
export interface Image {
  sha256: string
  width: number
  height: number
  bytes: number
}

/**
 * A job is handed out on a lease. When it is not reported in time, because whoever took it died, it is handed out once
 * more; and when the first one lives after all, its report is refused: a job is done once.
 */
export class Jobs {
  readonly #claim
  readonly #complete
  readonly #addImage
  readonly #refuse

  constructor(database: DatabaseSync) {
    this.#claim = database.prepare(`
      UPDATE jobs SET claims = claims + 1, worker = :worker, lease = :lease, leased_until = :now + ${leaseMs}
      WHERE id = (
        SELECT id FROM jobs INDEXED BY jobs_open
        WHERE done_at IS NULL AND leased_until <= :now ORDER BY placed_at, id LIMIT 1
      )
      RETURNING id, "order", (SELECT album FROM orders WHERE number = "order") AS album,
        (SELECT copies FROM orders WHERE number = "order") AS copies, lease, ${leaseMs} AS leaseMs`)
    this.#complete = database.prepare(`
      UPDATE jobs SET done_at = :now, completions = completions + 1, image = :image
      WHERE id = :id AND lease = :lease AND done_at IS NULL`)
    this.#addImage = database.prepare(`
      UPDATE jobs SET image = :image WHERE id = :id AND lease = :lease AND done_at IS NOT NULL AND image IS NULL`)
    this.#refuse = database.prepare('UPDATE jobs SET refusals = refusals + 1 WHERE id = ?')
  }

  /** The oldest job that nobody works on, for as long as its lease; `null` when there is none. */
  claim(worker: string): Job | null {
    const job = this.#claim.get({ worker, lease: randomUUID(), now: Date.now() }) as Job | undefined
    return job ?? null
  }

  /** Says whether it is accepted: only from who has the lease, and once. */
  complete(id: number, lease: string, image: Image | null): boolean {
    const row = { id, lease, image: image && JSON.stringify(image), now: Date.now() }
    return this.#accepted(id, this.#complete.run(row))
  }

  /** The image that a completion left out. */
  addImage(id: number, lease: string, image: Image): boolean {
    return this.#accepted(id, this.#addImage.run({ id, lease, image: JSON.stringify(image) }))
  }

  #accepted(id: number, { changes }: { changes: number | bigint }): boolean {
    if (changes === 0) this.#refuse.run(id)
    return changes !== 0
  }
}
