import { type AddressInfo, type Server, type Socket, createServer } from 'node:net'
import { seededRandom } from '../core/random.ts'
import { type Address, formatAddress, parseAddress, resolveAddress } from './address.ts'
import { Connection } from './connection.ts'
import { ToxicList } from './toxic-list.ts'

export interface ProxySettings {
  name: string
  listen: string
  upstream: string
}

/** What chance and time are to the proxies of one server. */
export interface Surroundings {
  seed: number
  dialMs: number
}

/** One listener that links its clients to an upstream. Starts out disabled. */
export class TcpProxy {
  readonly name: string
  readonly toxics: ToxicList
  /** As the user wrote it until it listens, then the address it has. */
  listen: string
  upstream: string
  readonly #connections = new Set<Connection>()
  readonly #dialMs: number
  readonly #random
  #server: Server | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor({ name, listen, upstream }: ProxySettings, { seed, dialMs }: Surroundings) {
    this.name = name
    this.listen = listen
    this.upstream = upstream
    this.toxics = new ToxicList(this.#connections)
    this.#dialMs = dialMs
    this.#random = seededRandom(seed, name)
  }

  get enabled(): boolean {
    return this.#server !== null
  }

  /** Rejects with Go's words when the address cannot be had; nothing happens if it listens already. */
  start(): Promise<void> {
    return this.#inTurn(() => this.#open())
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#close())
  }

  /** Another address, here or upstream, cuts all connections. What is not given stays. */
  update(given: { listen?: string; upstream?: string; enabled?: boolean }): Promise<void> {
    return this.#inTurn(async () => {
      const { listen, upstream, enabled } = {
        listen: this.listen,
        upstream: this.upstream,
        enabled: this.enabled,
        ...given,
      }
      if (await this.differs(listen, upstream)) {
        this.#close()
        this.listen = listen
        this.upstream = upstream
      }
      if (enabled) await this.#open()
      else this.#close()
    })
  }

  async differs(listen: string, upstream: string): Promise<boolean> {
    return formatAddress(await resolveAddress(listen)) !== this.listen || upstream !== this.upstream
  }

  toJSON(): unknown {
    const { name, listen, upstream, enabled, toxics } = this
    return { name, listen, upstream, enabled, toxics }
  }

  /** One thing at a time: an address must be free before it is taken again. */
  #inTurn(work: () => void | Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  async #open(): Promise<void> {
    if (this.#server) return
    let address: Address
    try {
      address = await resolveAddress(this.listen)
    } catch (error) {
      throw new Error(`listen tcp: ${(error as Error).message}`, { cause: error })
    }
    const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true })
    server.on('connection', (socket) => this.#accept(socket))
    const bound = await listenOn(server, address)
    this.listen = formatAddress({ host: bound.address, port: bound.port })
    this.#server = server
  }

  /** The listener first, so that whom we cut finds the port refused. */
  #close(): void {
    this.#server?.close()
    this.#server = null
    for (const connection of this.#connections) connection.cut()
  }

  #accept(accepted: Socket): void {
    const seed = this.#random.below(0x7fff_ffff)
    let upstream: Address
    try {
      upstream = parseAddress(this.upstream)
    } catch {
      accepted.destroy()
      return
    }
    this.#connections.add(
      new Connection({
        accepted,
        upstream,
        toxics: this.toxics,
        seed,
        dialMs: this.#dialMs,
        onGone: (connection) => this.#connections.delete(connection),
      }),
    )
  }
}

const bindErrors: Record<string, string> = {
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'cannot assign requested address',
  EACCES: 'permission denied',
}

function listenOn(server: Server, address: Address): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      const why = bindErrors[error.code ?? ''] ?? error.message
      reject(new Error(`listen tcp ${formatAddress(address)}: bind: ${why}`, { cause: error }))
    })
    server.listen(address.host === '' ? { port: address.port } : address, () =>
      resolve(server.address() as AddressInfo),
    )
  })
}
