/** An HTTP response as a load driver delivers it. Header names may be in any case. */
export interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

/** An answer while it is checked: headers are found in any case, JSON is decoded once, and both only when wanted. */
export class Reading {
  readonly status: number
  readonly #answer: Answer
  #byName: Map<string, string> | undefined
  #json: { value: unknown } | { flaw: string } | undefined

  constructor(answer: Answer) {
    this.status = answer.status
    this.#answer = answer
  }

  /** The value of a header, its name given in lower case. */
  header(name: string): string | undefined {
    this.#byName ??= new Map(
      Object.entries(this.#answer.headers).map(([written, value]) => [written.toLowerCase(), value]),
    )
    return this.#byName.get(name)
  }

  get json(): { value: unknown } | { flaw: string } {
    this.#json ??= decode(this.#answer.body)
    return this.#json
  }
}

function decode(body: string): { value: unknown } | { flaw: string } {
  try {
    return { value: JSON.parse(body) }
  } catch {
    // The parser's own message quotes the body, which may hold secrets.
    return { flaw: body === '' ? 'is empty' : 'is no JSON' }
  }
}
