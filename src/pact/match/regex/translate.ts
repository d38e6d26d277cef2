import { charClass } from './char-class.ts'
import { Cursor } from './cursor.ts'
import { escape, literal } from './escape.ts'
import { openGroup } from './group.ts'
import { type Quantifier, readQuantifier } from './quantifier.ts'
import { Untranslatable } from './untranslatable.ts'

export interface Translation {
  readonly source: string
  readonly flags: string
  /** How many of its parts may be repeated without end: the power with which time can grow with the text. */
  readonly loops: number
  /** Whether one of them is within another: then time can grow without any bounds. */
  readonly nested: boolean
}

/** A group that is open: where it begins in what is written, and what is in it. */
interface Open {
  readonly from: number
  /** What closes it, and with it the options that were set within it. */
  close: string
  /** Whether it can match in several ways. */
  loops: boolean
  /** Options were set after something had been said. What a `|` after them means is not agreed on. */
  lateOptions: boolean
}

/**
 * Says a regular expression of Java, Ruby, Oniguruma, Rust or JavaScript in JavaScript, for the flag `u`; or why that cannot
 * be done. `^` and `$` are the ends of the text, and no digits but 0 to 9 are digits, as in JavaScript.
 */
export function translate(foreign: string): Translation | { flaw: string } {
  try {
    return new Translator(foreign).translate()
  } catch (error) {
    if (error instanceof Untranslatable) return { flaw: `it has ${error.message}` }
    throw error
  }
}

class Translator {
  readonly #cursor: Cursor
  readonly #written: string[] = []
  readonly #open: Open[] = [{ from: 0, close: '', loops: false, lateOptions: false }]
  /** Where the part begins that a quantifier would repeat. */
  #atom = 0
  #flags = ''
  #atomic = 0
  #loops = 0
  #nested = false
  #refersByNumber = false

  constructor(foreign: string) {
    this.#cursor = new Cursor(foreign)
  }

  translate(): Translation {
    this.#leadingOptions()
    while (!this.#cursor.isAtEnd) this.#piece()
    const [whole, ...others] = this.#open
    if (others.length > 0) throw new Untranslatable('a group that does not end')
    if (this.#refersByNumber && this.#atomic > 0) throw new Untranslatable('references by number beside atomic groups')
    const source = this.#written.join('') + (whole?.close ?? '')
    return { source, flags: `${this.#flags}u`, loops: this.#loops, nested: this.#nested }
  }

  #leadingOptions(): void {
    for (let found = this.#cursor.match(/\(\?([is]+)\)/y); found; found = this.#cursor.match(/\(\?([is]+)\)/y)) {
      for (const flag of found[1] ?? '') if (!this.#flags.includes(flag)) this.#flags += flag
    }
  }

  #piece(): void {
    const cursor = this.#cursor
    if (cursor.skip('\\')) this.#escape()
    else if (cursor.skip('[')) this.#part(charClass(cursor))
    else if (cursor.skip('(')) this.#group()
    else if (cursor.skip(')')) this.#close()
    else if (cursor.skip('|')) this.#alternative()
    else if (/[*+?{]/.test(cursor.next)) this.#quantifier()
    else if (/[\^$.]/.test(cursor.next)) this.#part(cursor.take())
    else this.#part(literal(cursor.take()))
  }

  #part(text: string): void {
    this.#atom = this.#written.length
    this.#written.push(text)
  }

  /** Behind it there is nothing yet to repeat. */
  #begin(text: string): void {
    this.#written.push(text)
    this.#atom = this.#written.length
  }

  #escape(): void {
    const cursor = this.#cursor
    if (cursor.skip('Q')) {
      for (const character of cursor.until(String.raw`\E`)) this.#part(literal(character))
      return
    }
    if (cursor.skip('E')) return
    const reference = cursor.match(/[1-9]\d*/y)
    if (reference) this.#refersByNumber = true
    this.#part(reference ? `(?:\\${reference[0]})` : escape(cursor))
  }

  #group(): void {
    const innermost = this.#open.at(-1)
    const group = openGroup(this.#cursor, { atomic: `atomic${this.#atomic + 1}`, flags: this.#flags })
    if (group.kind === 'comment') return
    if (group.kind === 'whole') return this.#part(group.written)
    if (group.kind === 'options') {
      if (!innermost) return
      innermost.lateOptions ||= innermost.from !== this.#written.length
      innermost.close = `)${innermost.close}`
      this.#begin(group.written)
      return
    }
    if (group.kind === 'atomic') this.#atomic++
    this.#begin(group.written)
    this.#open.push({ from: this.#written.length, close: group.close, loops: false, lateOptions: false })
  }

  #close(): void {
    const group = this.#open.length > 1 ? this.#open.pop() : undefined
    if (!group) throw new Untranslatable('a ")" that closes nothing')
    this.#written.push(group.close)
    this.#atom = group.from - 1
    this.#loopsInside = group.loops
    const outer = this.#open.at(-1)
    if (outer && group.loops) outer.loops = true
  }

  /** Whether the group that was closed last can match in several ways: for the quantifier right behind it. */
  #loopsInside = false

  #alternative(): void {
    const innermost = this.#open.at(-1)
    if (innermost?.lateOptions) throw new Untranslatable('an alternative after options within a group')
    if (innermost) innermost.loops = true
    this.#begin('|')
  }

  #quantifier(): void {
    const cursor = this.#cursor
    const isBare = this.#atom >= this.#written.length
    const quantifier = readQuantifier(cursor)
    if (!quantifier) return this.#part(literal(cursor.take()))
    if (isBare) throw new Untranslatable(`a "${quantifier.written}" with nothing to repeat`)
    this.#count(quantifier)
    if (cursor.skip('+')) return this.#possessive(quantifier.written)
    this.#begin(cursor.skip('?') ? `${quantifier.written}?` : quantifier.written)
  }

  #count({ endless, exact }: Quantifier): void {
    const isOfGroup = this.#written.at(-1)?.endsWith(')') === true && this.#loopsInside
    this.#loopsInside = false
    const innermost = this.#open.at(-1)
    if (innermost && !exact) innermost.loops = true
    if (!endless) return
    if (isOfGroup) this.#nested = true
    this.#loops++
  }

  /** Takes what it can and gives nothing back: a lookahead does not either, and what it saw is then taken by reference. */
  #possessive(quantifier: string): void {
    const atom = this.#written.splice(this.#atom).join('')
    const name = `atomic${++this.#atomic}`
    this.#written.push(`(?:(?=(?<${name}>${atom}${quantifier}))\\k<${name}>)`)
    this.#atom = this.#written.length
  }
}
