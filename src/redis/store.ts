import { ReplyError } from './reply.ts'

/** What a key can hold, by type. Members and fields are Latin1 strings: one character a byte, so binary is safe. */
export interface Values {
  string: Buffer
  hash: Map<string, Buffer>
  set: Set<string>
  list: Buffer[]
}

export type ValueType = keyof Values

interface Entry {
  type: ValueType
  value: Values[ValueType]
  /** Milliseconds on the store's clock; `null` is for ever. */
  expiresAt: number | null
}

/** One numbered database. Keys that have expired are gone for whoever looks. */
export class Database {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  typeOf(key: Buffer): ValueType | null {
    return this.#find(key)?.type ?? null
  }

  has(key: Buffer): boolean {
    return this.#find(key) !== undefined
  }

  /** The value, or `undefined`. Throws `WRONGTYPE` when the key holds another type. */
  read<Type extends ValueType>(key: Buffer, type: Type): Values[Type] | undefined {
    const entry = this.#find(key)
    if (!entry) return undefined
    if (entry.type !== type) {
      throw new ReplyError('WRONGTYPE Operation against a key holding the wrong kind of value')
    }
    return entry.value as Values[Type]
  }

  /** The collection to change, made when there is none. */
  open<Type extends ValueType>(key: Buffer, type: Type, make: () => Values[Type]): Values[Type] {
    const found = this.read(key, type)
    if (found) return found
    const value = make()
    this.#entries.set(nameOf(key), { type, value, expiresAt: null })
    return value
  }

  /** Replaces whatever the key held. `keepExpiry`: a deadline it had stays. */
  writeString(key: Buffer, value: Buffer, expiresAt: number | null = null): void {
    this.#entries.set(nameOf(key), { type: 'string', value, expiresAt })
  }

  delete(key: Buffer): boolean {
    return this.#find(key) !== undefined && this.#entries.delete(nameOf(key))
  }

  /** When the key expires; `null` is for ever, `undefined` when there is no key. */
  expiryOf(key: Buffer): number | null | undefined {
    return this.#find(key)?.expiresAt
  }

  /** Sets when an existing key expires; at once when that is past. */
  expire(key: Buffer, at: number): void {
    const entry = this.#find(key)
    if (!entry) return
    entry.expiresAt = at
    if (at <= this.#now()) this.#entries.delete(nameOf(key))
  }

  keys(): Buffer[] {
    this.#dropExpired()
    return [...this.#entries.keys()].map((name) => Buffer.from(name, 'latin1'))
  }

  /** How many keys there are, and how many of them expire. */
  count(): { keys: number; expiring: number } {
    this.#dropExpired()
    let expiring = 0
    for (const { expiresAt } of this.#entries.values()) if (expiresAt !== null) expiring++
    return { keys: this.#entries.size, expiring }
  }

  clear(): void {
    this.#entries.clear()
  }

  #find(key: Buffer): Entry | undefined {
    const name = nameOf(key)
    const entry = this.#entries.get(name)
    if (!entry || !this.#isExpired(entry)) return entry
    this.#entries.delete(name)
    return undefined
  }

  #isExpired({ expiresAt }: Entry): boolean {
    return expiresAt !== null && this.#now() > expiresAt
  }

  #dropExpired(): void {
    for (const [name, entry] of this.#entries) if (this.#isExpired(entry)) this.#entries.delete(name)
  }
}

function nameOf(key: Buffer): string {
  return key.toString('latin1')
}
