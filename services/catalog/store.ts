import { setTimeout as sleep } from 'node:timers/promises'
import { bulkhead } from 'cockatiel'
import { openDatabase } from '../chassis/database.ts'
import { albums } from './albums.ts'
import { ReadCounts } from './read-counts.ts'

const costMs = 100
const atOnce = 4
const mostWaiting = 64

/**
 * Albums and prices. It is small and would be quick; so that there is something to lose, each read costs 100 ms and at most
 * four run at once, as at a database that is busy with other things.
 */
export class Store {
  readonly counts = new ReadCounts()
  readonly #places = bulkhead(atOnce, mostWaiting)
  readonly #ids
  readonly #select

  constructor() {
    const database = openDatabase('CREATE TABLE IF NOT EXISTS albums (id INTEGER PRIMARY KEY, album TEXT NOT NULL)')
    const insert = database.prepare('INSERT OR REPLACE INTO albums (id, album) VALUES (?, ?)')
    for (const album of albums) insert.run(album.id, JSON.stringify(album))
    this.#ids = new Set(
      database
        .prepare('SELECT id FROM albums')
        .all()
        .map(({ id }) => id),
    )
    this.#select = database.prepare('SELECT album FROM albums WHERE id = ?')
  }

  /** Known without a read: who asks for albums that do not exist takes no place from others. */
  has(id: number): boolean {
    return this.#ids.has(id)
  }

  /** An album that it has, as JSON text. Rejects when too many wait already. */
  async read(id: number): Promise<string> {
    const done = this.counts.begin(id)
    try {
      return await this.#places.execute(async () => {
        await sleep(costMs)
        return (this.#select.get(id) as { album: string }).album
      })
    } finally {
      done()
    }
  }
}
