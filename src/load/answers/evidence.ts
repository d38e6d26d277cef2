import { StringDecoder } from 'node:string_decoder'
import { redactBody, redactHeaders, redactUrl } from '../../contract/redact.ts'
import { requestId } from '../sample.ts'
import type { Evidence } from '../workload.ts'
import type { Outgoing } from '../arrivals/outgoing.ts'
import type { Answer, Ending } from './ending.ts'

const alikeInASecond = 3
const inAll = 2_000
const goodOnes = 2
const bodyBytes = 4 * 1024

/** All that is known of one arrival, when it has ended. */
export interface Finding {
  sequence: number
  interaction: number
  /** How late it was sent, ms. */
  late: number
  url: string
  outgoing: Outgoing
  ending: Ending
  keeps: number
  /** What each half wanted that is not kept; asked only of what becomes evidence. */
  explain(): Evidence['wanted']
}

/**
 * Chooses the responses worth showing: of those that do not keep the normal half, three of a kind (interaction, keeps,
 * status, error) for each second in which they were sent, and 2,000 in all; and the first two of each interaction
 * that do keep it. Returns the line to store, or `null`.
 */
export class EvidenceChooser {
  readonly #run: string
  readonly #names: readonly string[]
  readonly #alike = new Map<string, number>()
  readonly #good = new Map<number, number>()
  #count = 0

  /** `names`: headers and fields to mask, besides the usual ones. */
  constructor(run: string, names: readonly string[]) {
    this.#run = run
    this.#names = names
  }

  consider(finding: Finding): string | null {
    return this.#isWorthShowing(finding) ? `${JSON.stringify(this.#evidenceOf(finding))}\n` : null
  }

  #isWorthShowing({ interaction, keeps, ending }: Finding): boolean {
    if (keeps & 1) return count(this.#good, interaction) <= goodOnes
    if (this.#count === inAll) return false
    const second = Math.floor(ending.sentAt / 1_000)
    const kind = `${second} ${interaction} ${keeps} ${ending.answer?.status} ${ending.error}`
    if (count(this.#alike, kind) > alikeInASecond) return false
    this.#count += 1
    return true
  }

  #evidenceOf({ sequence, interaction, url, outgoing, ending, keeps, explain }: Finding): Evidence {
    const { sentAt, took, error, detail, answer } = ending
    return {
      sequence,
      requestId: requestId(this.#run, sequence),
      interaction,
      sentAt,
      took,
      keeps,
      error: error === 'none' ? null : `${error}: ${detail}`,
      request: {
        method: outgoing.method,
        url: redactUrl(url, this.#names),
        headers: redactHeaders(outgoing.headers, this.#names),
        body: outgoing.body === null ? null : this.#body(outgoing.body),
      },
      response: answer && this.#response(answer),
      wanted: explain(),
    }
  }

  #response({ status, headers, body }: Answer): Evidence['response'] {
    return { status, headers: redactHeaders(headers, this.#names), body: this.#body(body) }
  }

  /** Masked first: a cut body can no longer be read as JSON. */
  #body(text: string): string {
    const masked = Buffer.from(redactBody(text, this.#names))
    // The decoder leaves out a character of several bytes that the cut went through.
    return new StringDecoder().write(masked.subarray(0, bodyBytes))
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): number {
  const next = (counts.get(key) ?? 0) + 1
  counts.set(key, next)
  return next
}
