import { http, type HttpHandler } from 'msw'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'
import { actualRequest } from '../mock/actual.ts'
import { answering } from '../mock/answer.ts'
import { situationFrom } from '../mock/control.ts'
import { type Explanation, explanationText } from '../mock/explain.ts'
import type { Mock, Situation } from '../mock/mock.ts'
import { unmatched } from '../mock/reply.ts'
import type { Instead } from './instead.ts'
import type { Asked, MockService, MockServiceOptions } from './mocked.ts'
import { respond, respondInstead } from './respond.ts'

/** What a mocked service remembers between requests. */
export class Service implements MockService {
  readonly baseUrl: string
  readonly handlers: readonly HttpHandler[]
  requests: Record<string, Asked[]> = {}
  unmatched: Explanation[] = []
  readonly #mock: Mock
  readonly #answerOf: ReturnType<typeof answering>
  readonly #fair: Situation
  #situation: Situation
  #instead = new Map<string, Instead[]>()

  constructor(mock: Mock, { baseUrl, state, seed = 1 }: MockServiceOptions) {
    this.baseUrl = new URL(baseUrl).href.replace(/\/$/, '')
    this.#mock = mock
    this.#answerOf = answering(seed)
    this.#fair = situationFrom(mock, [], state ?? null)
    this.#situation = this.#fair
    this.handlers = [
      http.all(
        ({ request }) => this.#isBelow(request.url),
        ({ request }) => this.#answer(request),
      ),
    ]
    this.#forget()
  }

  under(...conditions: readonly string[]): void {
    this.#situation = situationFrom(this.#mock, conditions, this.#situation.state)
  }

  next(interaction: string, ...instead: readonly (Instead | readonly Instead[])[]): void {
    const queue = this.#instead.get(interaction)
    if (!queue) throw unknown(interaction, this.#names())
    queue.push(...instead.flat())
  }

  reset(): void {
    const { unmatched: missed } = this
    this.#situation = this.#fair
    this.#forget()
    if (missed.length > 0) throw unmatchedAt(this.baseUrl, missed)
  }

  async #answer(request: Request): Promise<Response> {
    const actual = await this.#read(request)
    const found = this.#mock.find(actual, this.#situation)
    if ('explanation' in found) {
      this.unmatched.push(found.explanation)
      return respond(unmatched(found.explanation))
    }
    const { interaction, half } = found.stub
    const { body } = actual
    const text = typeof body === 'string' || body === null ? body : new TextDecoder().decode(body)
    this.requests[interaction]?.push({ ...actual, body: text, half })
    const instead = this.#instead.get(interaction)?.shift()
    const answer = this.#answerOf(found.stub)
    return instead ? respondInstead(instead, answer) : respond(answer)
  }

  async #read(request: Request) {
    const body = new Uint8Array(await request.arrayBuffer())
    return actualRequest({
      method: request.method,
      target: this.#below(request.url),
      headers: Object.fromEntries(request.headers),
      body: body.length === 0 ? null : body,
    })
  }

  #isBelow(url: string): boolean {
    return url.startsWith(this.baseUrl) && /^(?:[/?#]|$)/.test(url.slice(this.baseUrl.length))
  }

  /** `/articles/1?page=2` */
  #below(url: string): string {
    const target = url.slice(this.baseUrl.length).replace(/#.*$/, '')
    return target.startsWith('/') ? target : `/${target}`
  }

  #forget(): void {
    this.requests = Object.fromEntries(this.#names().map((name) => [name, []]))
    this.#instead = new Map(this.#names().map((name) => [name, []]))
    this.unmatched = []
  }

  #names(): string[] {
    return [...new Set(this.#mock.stubs.map(({ interaction }) => interaction))]
  }
}

function unknown(interaction: string, known: readonly string[]): BrownoutError {
  return new BrownoutError('UNKNOWN_INTERACTION', `Failed to answer "${interaction}" otherwise: there is none.`, {
    exitCode: exitCodes.usage,
    hint: suggestion(interaction, known),
  })
}

function unmatchedAt(baseUrl: string, missed: readonly Explanation[]): BrownoutError {
  const why = missed.map(explanationText).join('\n')
  return new BrownoutError('UNMATCHED_REQUESTS', `Failed to answer as ${baseUrl}:\n${why}`, {
    exitCode: exitCodes.broken,
  })
}
