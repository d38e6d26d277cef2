import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './store.ts'

export interface Wish {
  album: number
  copies: number
}

export interface Order extends Wish {
  order: number
}

/** Takes an order under a key; `known` when the key was taken before, and this is the order it made then. */
export type Place = (key: string, wish: Wish) => { order: Order; known: boolean }

/** An order is stored with its print job and the message to its customer, or not at all. */
export class Orders {
  readonly #database: DatabaseSync
  readonly #find
  readonly #takeNumber
  readonly #insertOrder
  readonly #insertJob
  readonly #insertMessage

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#find = database.prepare('SELECT number AS "order", album, copies FROM orders WHERE key = ?')
    this.#takeNumber = database.prepare('UPDATE sequence SET last = last + 1 RETURNING last')
    this.#insertOrder = database.prepare('INSERT INTO orders (number, key, album, copies) VALUES (?, ?, ?, ?)')
    this.#insertJob = database.prepare('INSERT INTO jobs ("order", placed_at) VALUES (?, ?)')
    this.#insertMessage = database.prepare('INSERT INTO messages (id, "order", text, placed_at) VALUES (?, ?, ?, ?)')
  }

  /** What came under the same key before is the same order. */
  place: Place = (key, wish) => {
    const known = this.find(key)
    return known ? { order: known, known: true } : { order: this.add(key, wish), known: false }
  }

  add(key: string, wish: Wish): Order {
    return inTransaction(this.#database, () => {
      const order = { order: this.takeNumber(), ...wish }
      this.#write(key, order)
      return order
    })
  }

  find(key: string): Order | undefined {
    return this.#find.get(key) as Order | undefined
  }

  takeNumber(): number {
    return (this.#takeNumber.get() as { last: number }).last
  }

  /** Stores an order whose number is taken. */
  store(key: string, order: Order): void {
    inTransaction(this.#database, () => this.#write(key, order))
  }

  #write(key: string, { order, album, copies }: Order): void {
    const now = Date.now()
    const books = copies === 1 ? 'Your album is' : `Your ${copies} albums are`
    this.#insertOrder.run(order, key, album, copies)
    this.#insertJob.run(order, now)
    this.#insertMessage.run(randomUUID(), order, `${books} being printed. Your order is number ${order}.`, now)
  }
}
