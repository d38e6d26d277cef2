import type { DatabaseSync } from 'node:sqlite'
import { openDatabase } from '../chassis/database.ts'

/** `keysAreUnique` is what keeps a customer who asks twice from paying twice. */
export function openStore({ keysAreUnique }: { keysAreUnique: boolean }): DatabaseSync {
  return openDatabase(`
    -- One row. It goes up in the same transaction that stores the order, so no number is ever missing.
    CREATE TABLE IF NOT EXISTS sequence (one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL) STRICT;
    INSERT OR IGNORE INTO sequence VALUES (1, 0);

    CREATE TABLE IF NOT EXISTS orders (
      number INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      album INTEGER NOT NULL,
      copies INTEGER NOT NULL
    ) STRICT;
    CREATE ${keysAreUnique ? 'UNIQUE' : ''} INDEX IF NOT EXISTS orders_by_key ON orders (key);

    CREATE TABLE IF NOT EXISTS jobs (
      id INTEGER PRIMARY KEY,
      "order" INTEGER NOT NULL REFERENCES orders,
      placed_at INTEGER NOT NULL,
      claims INTEGER NOT NULL DEFAULT 0,
      worker TEXT,
      lease TEXT,
      leased_until INTEGER NOT NULL DEFAULT 0,
      done_at INTEGER,
      completions INTEGER NOT NULL DEFAULT 0,
      image TEXT,
      refusals INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX IF NOT EXISTS jobs_by_order ON jobs ("order");
    CREATE INDEX IF NOT EXISTS jobs_open ON jobs (placed_at) WHERE done_at IS NULL;
    CREATE INDEX IF NOT EXISTS jobs_without_image ON jobs (done_at) WHERE image IS NULL AND done_at IS NOT NULL;
    CREATE INDEX IF NOT EXISTS jobs_reclaimed ON jobs (claims) WHERE claims > 1;
    CREATE INDEX IF NOT EXISTS jobs_completed_twice ON jobs (completions) WHERE completions > 1;
    CREATE INDEX IF NOT EXISTS jobs_refused ON jobs (refusals) WHERE refusals > 0;

    CREATE TABLE IF NOT EXISTS messages (
      id TEXT PRIMARY KEY,
      "order" INTEGER NOT NULL REFERENCES orders,
      text TEXT NOT NULL,
      placed_at INTEGER NOT NULL,
      sent_at INTEGER
    ) STRICT;
    CREATE INDEX IF NOT EXISTS messages_waiting ON messages (placed_at) WHERE sent_at IS NULL;
  `)
}

/** All that `work` writes, or nothing. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
