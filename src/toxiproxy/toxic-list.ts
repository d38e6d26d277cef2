import { readFields } from './body.ts'
import { apiErrors } from './errors.ts'
import { toxicKinds } from './toxics/list.ts'
import type { Direction, Toxic, ToxicKind } from './toxic.ts'

/** Those whose live connections follow every change. */
interface Affected {
  add(toxic: Toxic): void
  update(toxic: Toxic): void
  remove(toxic: Toxic): void
}

const directions: readonly Direction[] = ['upstream', 'downstream']

/** The toxics on one proxy, oldest first. Names are unique over both directions. */
export class ToxicList implements Iterable<Toxic> {
  readonly #connections: Iterable<Affected>
  #toxics: Toxic[] = []
  #added = 0

  constructor(connections: Iterable<Affected>) {
    this.#connections = connections
  }

  [Symbol.iterator](): Iterator<Toxic> {
    return this.#toxics.values()
  }

  get(name: string): Toxic {
    const toxic = this.#toxics.find((other) => other.name === name)
    if (!toxic) throw apiErrors.toxicNotFound()
    return toxic
  }

  /** From the body of a request: `{ type, name?, stream?, toxicity?, attributes? }`. */
  add(body: unknown): Toxic {
    const { type, stream, toxicity, ...given } = {
      type: '',
      stream: 'downstream',
      toxicity: 1,
      ...readFields(body, {
        name: 'string',
        type: 'string',
        stream: 'string',
        toxicity: 'float32',
        attributes: 'object',
      }),
    }
    const direction = directions.find((known) => known === stream.toLowerCase())
    if (!direction) throw apiErrors.invalidStream()
    const kind = toxicKinds.find((known) => known.type === type)
    if (!kind) throw apiErrors.invalidToxicType()
    const name = given.name || `${type}_${stream}`
    if (this.#toxics.some((other) => other.name === name)) throw apiErrors.toxicAlreadyExists()
    const none = Object.fromEntries(Object.keys(kind.attributes).map((attribute) => [attribute, 0]))
    const attributes = { ...none, ...readAttributes(kind, given.attributes) }

    const toxic = { name, kind, stream, direction, order: ++this.#added, toxicity, attributes }
    this.#toxics.push(toxic)
    for (const connection of this.#connections) connection.add(toxic)
    return toxic
  }

  /** From the body of a request: `{ toxicity?, attributes? }`; what is not given stays. */
  update(toxic: Toxic, body: unknown): void {
    const given = readFields(body, { toxicity: 'float32', attributes: 'object' })
    Object.assign(toxic.attributes, readAttributes(toxic.kind, given.attributes))
    toxic.toxicity = given.toxicity ?? toxic.toxicity
    for (const connection of this.#connections) connection.update(toxic)
  }

  remove(toxic: Toxic): void {
    this.#toxics = this.#toxics.filter((other) => other !== toxic)
    for (const connection of this.#connections) connection.remove(toxic)
  }

  clear(): void {
    for (const toxic of this.#toxics) this.remove(toxic)
  }

  toJSON(): unknown[] {
    return directions.flatMap((direction) =>
      this.#toxics.filter((toxic) => toxic.direction === direction).map((toxic) => showToxic(toxic)),
    )
  }
}

/** A toxic as the API shows it. */
export function showToxic({ attributes, name, kind, stream, toxicity }: Toxic): unknown {
  return { attributes, name, type: kind.type, stream, toxicity }
}

function readAttributes(kind: ToxicKind, given: unknown): Record<string, number> {
  const shape = Object.fromEntries(Object.keys(kind.attributes).map((name) => [name, 'int64' as const]))
  const attributes = readFields(given ?? null, shape, 'attributes.')
  const values: Record<string, number> = {}
  for (const [name, { least, most }] of Object.entries(kind.attributes)) {
    const value = attributes[name]
    if (value === undefined) continue
    if (value < least || value > most)
      throw apiErrors.badRequestBody(`attributes.${name} must be from ${least} to ${most}, not ${value}`)
    values[name] = value
  }
  return values
}
