import type { Json } from '../../contract/define.ts'
import { JsonFault, JsonScanner } from './json-scanner.ts'

/** What is read, and remarks on what it does not hold of the text; or what is wrong with the text. Lines are from 1. */
export type JsonReading =
  | { value: Json; remarks: readonly JsonRemark[] }
  | { fault: { message: string; line: number; column: number } }

export interface JsonRemark {
  path: readonly string[]
  line: number
  message: string
}

/** A list or a record of which the end was not reached yet. */
type Open = { items: Json[] } | { members: Map<string, Json>; key: string }

/** More is nothing that people write, and what follows the reading may walk down such a value. */
const maxDepth = 500

/**
 * Reads JSON as `JSON.parse` does, and says what that keeps to itself: where a text is broken, which key stands twice in
 * a record, and which number has more digits than can be held. Never throws.
 */
export function parseJson(text: string): JsonReading {
  const parser = new Parser(text)
  try {
    return { value: parser.read(), remarks: parser.remarks }
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    const before = text.slice(0, error.at)
    const line = before.split('\n').length
    return { fault: { message: error.message, line, column: error.at - before.lastIndexOf('\n') } }
  }
}

class Parser {
  readonly remarks: JsonRemark[] = []
  readonly #scanner: JsonScanner
  readonly #open: Open[] = []
  #line = 1
  #lineAt = 0

  constructor(text: string) {
    this.#scanner = new JsonScanner(text)
  }

  /** Without recursion: how deep the text goes is not for the stack to decide. */
  read(): Json {
    for (;;) {
      let value = this.#begin()
      while (value !== undefined) {
        const inner = this.#open.at(-1)
        if (!inner) return this.#end(value)
        value = this.#put(value, inner)
      }
    }
  }

  /** A value that is whole, or `undefined` when it was opened only. */
  #begin(): Json | undefined {
    const scanner = this.#scanner
    const sign = scanner.peek()
    if (sign !== '[' && sign !== '{') return sign === '"' ? scanner.string() : this.#word()
    if (this.#open.length === maxDepth) throw new JsonFault(`it is nested deeper than ${maxDepth} levels`, scanner.at)
    scanner.at++
    const isEmpty = scanner.peek() === (sign === '[' ? ']' : '}')
    if (isEmpty) scanner.at++
    if (isEmpty) return sign === '[' ? [] : {}
    if (sign === '[') this.#open.push({ items: [] })
    else this.#openRecord()
    return undefined
  }

  /** Adds a value to what is open, and returns that when it is whole by now. */
  #put(value: Json, inner: Open): Json | undefined {
    const isList = 'items' in inner
    if (isList) inner.items.push(value)
    else inner.members.set(inner.key, value)
    const sign = this.#scanner.peek()
    const end = isList ? ']' : '}'
    if (sign !== ',' && sign !== end) throw this.#scanner.unexpected(`"," or "${end}"`)
    this.#scanner.at++
    if (sign === ',') {
      if (!isList) inner.key = this.#key(inner.members)
      return undefined
    }
    this.#open.pop()
    return isList ? inner.items : Object.fromEntries(inner.members)
  }

  #openRecord(): void {
    const members = new Map<string, Json>()
    this.#open.push({ members, key: this.#key(members) })
  }

  #key(members: ReadonlyMap<string, Json>): string {
    const scanner = this.#scanner
    if (scanner.peek() !== '"') throw scanner.unexpected('a key in double quotes')
    const from = scanner.at
    const key = scanner.string()
    if (members.has(key)) this.#remark(from, [key], `the key "${key}" stands here twice: only the last one is read`)
    if (scanner.peek() !== ':') throw scanner.unexpected('":"')
    scanner.at++
    return key
  }

  #word(): Json {
    const from = this.#scanner.at
    const found = this.#scanner.word()
    if (found === 'null') return null
    if (found === 'true' || found === 'false') return found === 'true'
    const number = Number(found)
    if (!Number.isFinite(number)) throw new JsonFault(`no number is as large as ${found.slice(0, 40)}`, from)
    if (/^-?\d{16,}$/.test(found) && String(number) !== found && BigInt(found) !== BigInt(number))
      this.#remark(from, [], `${found.slice(0, 40)} is read as ${number}: a number here has no more digits`)
    return number === 0 ? 0 : number
  }

  #end(value: Json): Json {
    if (this.#scanner.peek() !== undefined) throw this.#scanner.unexpected('the end')
    return value
  }

  /** Remarks come in the order of the text, so that each line is counted once. `key`: of the innermost record. */
  #remark(at: number, key: readonly [] | readonly [string], message: string): void {
    const newline = () => this.#scanner.text.indexOf('\n', this.#lineAt)
    for (let next = newline(); next !== -1 && next < at; next = newline()) {
      this.#line++
      this.#lineAt = next + 1
    }
    const path = this.#open.map((open) => ('items' in open ? String(open.items.length) : open.key))
    const innermost = key.length > 0 ? path.slice(0, -1) : path
    this.remarks.push({ path: [...innermost, ...key], line: this.#line, message })
  }
}
