import { type Socket, connect } from 'node:net'
import { seededRandom } from '../core/random.ts'
import type { Address } from './address.ts'
import { Intake } from './intake.ts'
import { Link } from './link.ts'
import { adoptSocket, resetSocket } from './sockets.ts'
import type { Toxic } from './toxic.ts'

export interface ConnectionOptions {
  /** As accepted, and not read from yet. */
  accepted: Socket
  upstream: Address
  /** The toxics of the proxy; the list is live. */
  toxics: Iterable<Toxic>
  seed: number
  /** Dialling is given up after so many ms. */
  dialMs: number
  onGone: (connection: Connection) => void
}

/** A client and its upstream: a link each way. Each side may end its half and still hear the other's. */
export class Connection {
  readonly #client: Socket
  readonly #upstream: Socket
  readonly #seed: number
  /** None until the upstream has answered. */
  #links: Link[] = []

  constructor({ accepted, upstream, toxics, seed, dialMs, onGone }: ConnectionOptions) {
    const fromClient = new Intake()
    const fromUpstream = new Intake()
    const client = adoptSocket(accepted, fromClient.onread)
    this.#seed = seed
    this.#client = client
    this.#upstream = connect({
      host: upstream.host || 'localhost',
      port: upstream.port,
      allowHalfOpen: true,
      noDelay: true,
      onread: fromUpstream.onread,
    })
    this.#upstream.pause()
    const limit = setTimeout(() => this.#upstream.destroy(), dialMs)

    this.#upstream.once('connect', () => {
      clearTimeout(limit)
      const reset = () => this.#reset()
      this.#links = [
        new Link({ direction: 'upstream', source: client, destination: this.#upstream, intake: fromClient, reset }),
        new Link({ direction: 'downstream', source: this.#upstream, destination: client, intake: fromUpstream, reset }),
      ]
      for (const toxic of toxics) this.add(toxic)
      for (const link of this.#links) link.start()
    })
    for (const socket of [client, this.#upstream]) {
      // 'close' follows, and says all there is to know.
      socket.on('error', () => undefined)
      socket.once('close', () => {
        clearTimeout(limit)
        this.#lost(socket)
        if (client.destroyed && this.#upstream.destroyed) onGone(this)
      })
    }
  }

  /** Both sides are closed now; what is under way is lost. */
  cut(): void {
    for (const link of this.#links) link.stop()
    this.#client.destroy()
    this.#upstream.destroy()
  }

  add(toxic: Toxic): void {
    const random = this.#randomOf(toxic)
    if (random.next() < toxic.toxicity) this.#linkOf(toxic)?.add(toxic, random)
  }

  /** The same draw meets the new toxicity: only connections between the old and the new one change sides. */
  update(toxic: Toxic): void {
    const link = this.#linkOf(toxic)
    const stage = link?.stageOf(toxic)
    if (!stage) this.add(toxic)
    else if (this.#randomOf(toxic).next() < toxic.toxicity) stage.updated()
    else link?.remove(stage)
  }

  remove(toxic: Toxic): void {
    const link = this.#linkOf(toxic)
    const stage = link?.stageOf(toxic)
    if (!link || !stage) return
    link.remove(stage)
    stage.removed()
  }

  #linkOf(toxic: Toxic): Link | undefined {
    return this.#links.find((link) => link.direction === toxic.direction)
  }

  /** Its first draw is held against the toxicity, the others are the toxic's own. */
  #randomOf(toxic: Toxic) {
    return seededRandom(this.#seed, toxic.name)
  }

  #lost(socket: Socket): void {
    if (this.#links.length === 0) return this.cut()
    for (const link of this.#links) {
      if (link.source === socket) link.sourceLost()
      else link.stop()
    }
  }

  #reset(): void {
    for (const link of this.#links) link.stop()
    for (const socket of [this.#client, this.#upstream]) resetSocket(socket)
  }
}
