import { Connection } from './connection.ts'

/** The connections to one origin: the one used last is used next, and a new one is opened when none is free. */
export class Connections {
  readonly #origin: string
  readonly #free: Connection[] = []
  readonly #all = new Set<Connection>()

  constructor(origin: string) {
    this.#origin = origin
  }

  take(): Connection {
    const connection = this.#free.pop() ?? this.open()
    connection.free = false
    return connection
  }

  open(): Connection {
    const connection: Connection = new Connection(this.#origin, {
      onIdle: () => this.#offer(connection),
      onClosed: () => this.#forget(connection),
    })
    this.#all.add(connection)
    return connection
  }

  destroy(): void {
    for (const connection of this.#all) connection.destroy()
  }

  #offer(connection: Connection): void {
    if (!connection.isOpen) return this.#forget(connection)
    if (connection.free) return
    connection.free = true
    this.#free.push(connection)
    this.#all.add(connection)
  }

  #forget(connection: Connection): void {
    if (connection.free) this.#free.splice(this.#free.indexOf(connection), 1)
    connection.free = false
    this.#all.delete(connection)
  }
}
