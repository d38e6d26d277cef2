/** A way through a text, piece by piece. */
export class Cursor {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  /** The next character, which stays; `''` at the end. */
  get next(): string {
    return this.text[this.at] ?? ''
  }

  /** The next character, whole where it is written with a surrogate pair. */
  take(): string {
    const point = this.text.codePointAt(this.at)
    const character = point === undefined ? '' : String.fromCodePoint(point)
    this.at += character.length
    return character
  }

  /** Passes over `part` if it comes next. */
  skip(part: string): boolean {
    const isNext = this.text.startsWith(part, this.at)
    if (isNext) this.at += part.length
    return isNext
  }

  /** What a sticky pattern finds next, which is passed over. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at += found[0].length
    return found
  }

  /** All up to `end`, which is passed over too; all there is when it does not come. */
  until(end: string): string {
    const index = this.text.indexOf(end, this.at)
    const found = this.text.slice(this.at, index === -1 ? undefined : index)
    this.at += found.length + (index === -1 ? 0 : end.length)
    return found
  }
}
