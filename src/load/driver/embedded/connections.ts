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
    const connection = new Connection(this.#origin, (changed) => this.#sort(changed))
    this.#all.add(connection)
    return connection
  }

  destroy(): void {
    for (const connection of this.#all) connection.destroy()
  }

  #sort(connection: Connection): void {
    const at = this.#free.lastIndexOf(connection)
    if (connection.free && at < 0) this.#free.push(connection)
    if (!connection.free && at >= 0) this.#free.splice(at, 1)
    if (connection.isOpen) this.#all.add(connection)
    else this.#all.delete(connection)
  }
}
