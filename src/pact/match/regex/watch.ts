import { type Context, createContext, Script } from 'node:vm'

const timeoutMs = 100

/** One for all: what is run in it is ours, and it is slow to make. */
let shared: { context: Context; script: Script } | undefined

/**
 * Runs a regular expression that may take for ever, and stops it after 100 ms. A text that is no shorter than one that took
 * too long is not tried again, so that no load of answers adds up to minutes.
 */
export class Watch {
  readonly #regex: RegExp
  #tooLong = Infinity

  constructor(regex: RegExp) {
    this.#regex = regex
  }

  /** `null` when it takes too long. */
  test(text: string): boolean | null {
    if (text.length >= this.#tooLong) return null
    shared ??= { context: createContext({}), script: new Script('regex.test(text)') }
    shared.context['regex'] = this.#regex
    shared.context['text'] = text
    try {
      return shared.script.runInContext(shared.context, { timeout: timeoutMs }) === true
    } catch {
      this.#tooLong = text.length
      return null
    }
  }
}
