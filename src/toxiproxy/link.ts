import type { Socket } from 'node:net'
import type { Random } from '../core/random.ts'
import type { Intake } from './intake.ts'
import { type Inlet, Stage } from './stage.ts'
import type { Direction, Toxic } from './toxic.ts'

/** Bytes that must outlive their read are copied up to here; bigger ones are handed over with their buffer. */
const copied = 16 * 1024

export interface LinkOptions {
  direction: Direction
  source: Socket
  destination: Socket
  intake: Intake
  /** Resets the whole connection. */
  reset: () => void
}

/**
 * One direction of one connection: source → the toxics at work on it, in chain order → destination. The chain changes
 * when toxics do, never with a chunk; without toxics, bytes go straight from the read to the write.
 */
export class Link {
  readonly direction: Direction
  readonly source: Socket
  readonly destination: Socket
  readonly reset: () => void
  readonly #intake: Intake
  #stages: Stage[] = []
  #flowing = false
  #resting = false
  #stopped = false
  #ended = false
  #closing = false
  #finished = false

  readonly #tail: Inlet = {
    data: ({ bytes }) => {
      if (this.#finished || this.#stopped) return
      this.destination.write(bytes)
      this.#steer()
    },
    end: () => this.#finish(),
  }

  constructor({ direction, source, destination, intake, reset }: LinkOptions) {
    this.direction = direction
    this.source = source
    this.destination = destination
    this.reset = reset
    this.#intake = intake
    intake.take = (bytes) => this.#take(bytes)
    intake.onBulk = () => this.#rest()
    source.on('end', () => this.end())
    destination.on('drain', () => this.#steer())
  }

  start(): void {
    this.#steer()
  }

  /** Puts a toxic to work at its place in the chain. */
  add(toxic: Toxic, random: Random): void {
    if (this.#finished || this.#stopped) return
    const after = this.#stages.findIndex((stage) => stage.toxic.order > toxic.order)
    const place = after === -1 ? this.#stages.length : after
    this.#stages.splice(place, 0, new Stage(toxic, random, this.#stages[place] ?? this.#tail, this))
    this.#join()
  }

  stageOf(toxic: Toxic): Stage | undefined {
    return this.#stages.find((stage) => stage.toxic === toxic)
  }

  /** Takes a toxic out of the chain; what it held goes on. */
  remove(stage: Stage): void {
    this.#stages = this.#stages.filter((other) => other !== stage)
    this.#join()
    stage.leave()
    this.#steer()
  }

  /** The source gives no more. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    ;(this.#stages[0] ?? this.#tail).end()
  }

  /** The source is gone, and so is the connection once what it sent is delivered. */
  sourceLost(): void {
    this.end()
    if (this.#finished) this.destination.destroySoon()
  }

  /** From a stage, which passes the end on: what it passed is delivered, then the connection is closed. */
  close(): void {
    this.#closing = true
    this.#ended = true
    this.#steer()
  }

  eased(): void {
    if (!this.#flowing) this.#steer()
  }

  /** Nothing flows any more; what is held is lost. */
  stop(): void {
    this.#stopped = true
    this.#clear()
    this.#steer()
  }

  #take(bytes: Buffer): boolean {
    const first = this.#stages[0]
    if (this.#ended || this.#stopped) return true
    if (first === undefined) return this.#write(bytes)
    const handedOver = bytes.length > copied
    first.data({ bytes: handedOver ? bytes : Buffer.from(bytes), at: performance.now() })
    this.#steer()
    return !handedOver
  }

  /** The fast path. Whether `bytes` are free again: only an empty queue says that the kernel has them all. */
  #write(bytes: Buffer): boolean {
    const copy = bytes.length <= copied && this.destination.writableLength > 0
    this.destination.write(copy ? Buffer.from(bytes) : bytes)
    if (this.destination.writableLength === 0) return true
    this.#steer()
    // Nothing is read while the destination is clogged, so that the bytes are free when reading goes on.
    return copy || this.#clogged
  }

  #finish(): void {
    if (this.#finished) return
    this.#finished = true
    this.#clear()
    if (this.#closing || this.source.destroyed) this.destination.destroySoon()
    else this.destination.end()
  }

  #clear(): void {
    for (const stage of this.#stages) stage.drop()
    this.#stages = []
  }

  #join(): void {
    for (const [index, stage] of this.#stages.entries()) stage.next = this.#stages[index + 1] ?? this.#tail
    this.#intake.limitChunks(this.#stages.length > 0)
  }

  #rest(): void {
    this.#resting = true
    this.#steer()
    setImmediate(() => {
      this.#resting = false
      this.#steer()
    })
  }

  get #clogged(): boolean {
    return this.destination.writableLength > 0 && this.destination.writableNeedDrain
  }

  /** Reads from the source only while there is room for what it sends. */
  #steer(): void {
    const held = this.#resting || this.#stopped || this.#closing || this.#clogged
    const flowing = !held && !this.#stages.some((stage) => stage.full)
    if (flowing === this.#flowing) return
    this.#flowing = flowing
    if (flowing) this.source.resume()
    else this.source.pause()
  }
}
