import { apiErrors } from './errors.ts'
import { type ProxySettings, type Surroundings, TcpProxy } from './proxy.ts'

export interface WantedProxy extends ProxySettings {
  enabled: boolean
}

/** The proxies of one server, by name. */
export class Proxies {
  readonly #surroundings: Surroundings
  readonly #proxies = new Map<string, TcpProxy>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  get(name: string): TcpProxy {
    const proxy = this.#proxies.get(name)
    if (!proxy) throw apiErrors.proxyNotFound()
    return proxy
  }

  async create(wanted: WantedProxy): Promise<TcpProxy> {
    if (this.#proxies.has(wanted.name)) throw apiErrors.proxyAlreadyExists()
    const proxy = new TcpProxy(wanted, this.#surroundings)
    this.#proxies.set(wanted.name, proxy)
    try {
      if (wanted.enabled) await proxy.start()
    } catch (error) {
      this.#forget(proxy)
      throw error
    }
    return proxy
  }

  /** Leaves a proxy with the same addresses as it is, toxics and all; else puts a fresh one in its place. */
  async createOrReplace(wanted: WantedProxy): Promise<TcpProxy> {
    const existing = this.#proxies.get(wanted.name)
    if (!existing) return this.create(wanted)
    if (!(await existing.differs(wanted.listen, wanted.upstream))) return existing
    await existing.stop()
    const proxy = new TcpProxy(wanted, this.#surroundings)
    if (wanted.enabled) await proxy.start()
    this.#proxies.set(wanted.name, proxy)
    return proxy
  }

  async remove(name: string): Promise<void> {
    const proxy = this.get(name)
    await proxy.stop()
    this.#forget(proxy)
  }

  /** Removes every toxic and enables every proxy, also those after one that cannot be; throws its error at the end. */
  async reset(): Promise<void> {
    const started = await Promise.allSettled(
      Array.from(this.#proxies.values(), (proxy) => {
        proxy.toxics.clear()
        return proxy.start()
      }),
    )
    const failed = started.find((outcome) => outcome.status === 'rejected')
    if (failed) throw failed.reason
  }

  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#proxies.values(), (proxy) => proxy.stop()))
    this.#proxies.clear()
  }

  toJSON(): unknown {
    return Object.fromEntries([...this.#proxies].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }

  #forget(proxy: TcpProxy): void {
    if (this.#proxies.get(proxy.name) === proxy) this.#proxies.delete(proxy.name)
  }
}
