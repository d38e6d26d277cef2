import { Pool } from 'undici'

const ejectedMs = 1_000

/** One copy of the storefront, and what its last answers say of it. */
export class Instance {
  readonly index: number
  readonly pool: Pool
  /** When it may be tried again (ms, monotonic); 0 while it is trusted. */
  nextTrial = 0

  constructor(index: number, url: string) {
    this.index = index
    this.pool = new Pool(url, { connect: { timeout: 300 } })
  }

  /**
   * Whether to send it a request now. One that failed is left alone for a second, and then proves itself on a request
   * that can be repeated elsewhere if it fails again.
   */
  takes(request: { safe: boolean }): boolean {
    return this.isTrusted || (request.safe && performance.now() >= this.nextTrial)
  }

  get isTrusted(): boolean {
    return this.nextTrial === 0
  }

  /** One trial a second, however many requests arrive. */
  started(): void {
    if (!this.isTrusted) this.eject()
  }

  trust(): void {
    this.nextTrial = 0
  }

  eject(): void {
    this.nextTrial = performance.now() + ejectedMs
  }
}

/** Round robin, with a preference for the instance that a customer had before. */
export class Instances {
  readonly all: readonly Instance[]
  #turn = 0

  constructor(urls: readonly string[]) {
    this.all = urls.map((url, index) => new Instance(index, url))
  }

  get health(): 'up' | 'down' {
    return this.all.some(({ isTrusted }) => isTrusted) ? 'up' : 'down'
  }

  /** Whose turn it is, and who comes next if that fails. */
  inOrder(preferred: number | undefined): Instance[] {
    const first = preferred !== undefined && preferred < this.all.length ? preferred : this.#turn++ % this.all.length
    return this.all.map((_, offset) => this.all[(first + offset) % this.all.length] as Instance)
  }
}
