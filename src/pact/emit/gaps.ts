import type { BeyondPact } from '../../contract/define.ts'
import type { Problem } from '../../core/errors.ts'
import { formatPath, type PathStep } from '../path.ts'

/** What to do instead, for each thing that no pact can say. */
const waysOut: Record<BeyondPact, string> = {
  'closed objects': 'Allow other fields (z.object)',
  'optional fields': 'Make two interactions of it, one with the field and one without',
  'number bounds': 'Demand a whole number from 0 or from 1 on, or few enough to be listed',
  patterns: 'Write a pattern without lookaround and back-references',
  'empty lists': 'Within lists and maps, demand a marker instead',
  alternatives: 'Make an interaction for each of them, told apart by "given"',
  recursion: 'Write down as many levels as the consumer reads',
  refinements: 'Say it with a pattern, an enumeration or a literal',
  transforms: 'Demand what is on the wire, and transform it in the consumer',
}

export interface GapSettings {
  file: string
  mayOmit: readonly BeyondPact[]
  /** Examples are to be whole, and what no pact can say does not matter: they are for a stub server. */
  whole?: boolean
}

interface Found {
  readonly problems: Problem[]
  readonly omitted: string[]
}

/** What a contract demands and its pact does not say: a problem, unless the contract allows to leave it out; then a note. */
export class Gaps implements Found {
  readonly problems: Problem[]
  /** `body $.price: other fields are forbidden` */
  readonly omitted: string[]
  readonly #settings: GapSettings
  readonly #place: readonly string[]

  /** `place` leads to what is said: `['interactions', 'read an article', 'response', 'body']`. */
  constructor(settings: GapSettings, place: readonly string[] = [], found: Found = { problems: [], omitted: [] }) {
    this.#settings = settings
    this.#place = place
    this.problems = found.problems
    this.omitted = found.omitted
  }

  get whole(): boolean {
    return this.#settings.whole ?? false
  }

  /** What is said below notes its gaps here. */
  at(...steps: readonly string[]): Gaps {
    return new Gaps(this.#settings, [...this.#place, ...steps], this)
  }

  /** `what` reads as a sentence about the place: `other fields are forbidden`. */
  report(kind: BeyondPact, path: readonly PathStep[], what: string): void {
    if (this.whole) return
    if (this.#settings.mayOmit.includes(kind)) {
      this.omitted.push(`${this.#place.at(-1) ?? ''} ${formatPath(path)}: ${what}`)
      return
    }
    const hint = `${waysOut[kind]}; or let the pact say less: pact: { mayOmit: ['${kind}'] }.`
    this.fail(path, `${what}, and no pact can say so`, hint)
  }

  /** For what cannot be said at all. */
  fail(path: readonly PathStep[], message: string, hint: string): void {
    const place = path.length === 0 ? this.#place : [...this.#place, formatPath(path)]
    this.problems.push({ file: this.#settings.file, path: place, message, hint })
  }
}
