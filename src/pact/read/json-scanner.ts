/** The way out of a text that is no JSON; caught where the reading began. */
export class JsonFault extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Goes through a JSON text, sign by sign and word by word. Throws `JsonFault`. */
export class JsonScanner {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  /** The sign after white space, which is passed over; `undefined` at the end. */
  peek(): string | undefined {
    let sign = this.text[this.at]
    while (sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t') sign = this.text[++this.at]
    return sign
  }

  string(): string {
    const from = this.at
    let end = from
    do end = this.text.indexOf('"', end + 1)
    while (end !== -1 && this.#isEscaped(end))
    if (end === -1) throw new JsonFault('a text begins here and never ends', from)
    this.at = end + 1
    try {
      return JSON.parse(this.text.slice(from, end + 1)) as string
    } catch {
      throw new JsonFault('the text that begins here has a line break or a wrong escape in it', from)
    }
  }

  /** A number, or one of `true`, `false` and `null`, as it is written. */
  word(): string {
    word.lastIndex = this.at
    const found = word.exec(this.text)?.[0]
    if (found === undefined) throw this.unexpected('a value')
    this.at += found.length
    return found
  }

  unexpected(wanted: string): JsonFault {
    const point = this.text.codePointAt(this.at)
    const found = point === undefined ? 'the end of the file' : JSON.stringify(String.fromCodePoint(point))
    return new JsonFault(`${wanted} should stand here, not ${found}`, this.at)
  }

  #isEscaped(at: number): boolean {
    let slashes = 0
    while (this.text[at - 1 - slashes] === '\\') slashes++
    return slashes % 2 === 1
  }
}
