import type { Answer, Call, Question } from '../chassis/call.ts'
import type { Guard } from '../chassis/guard.ts'
import { Problem } from '../chassis/problem.ts'
import type { Caller } from '../chassis/trace.ts'

/** A service behind this one that an answer cannot do without. */
export interface Inside {
  /**
   * Rejects with a 503 that says sorry when there is no answer in time, or one that is 500 or more. Only what is not answered
   * is asked again.
   */
  ask(caller: Caller, question: Question, options?: { attempts?: 1 | 2 }): Promise<Answer>
  readonly health: 'up' | 'down'
}

/** What a customer is told of a failure inside. */
export type Say = (sorry: string, cause: unknown) => string

export interface InsideOptions {
  call: Call
  guard: Guard
  sorry: string
  say: Say
}

/** Whatever is answered in time is an answer, a 503 too: only silence opens the breaker. */
export function inside({ call, guard, sorry, say }: InsideOptions): Inside {
  const comeBackLater = (cause: unknown, retryAfter = 1) => new Problem(503, say(sorry, cause), { retryAfter, cause })
  return {
    async ask(caller, question, { attempts = 1 } = {}) {
      const attempt = () => guard.execute(({ signal }) => call(caller, question, signal))
      const asked = attempts === 1 ? attempt() : attempt().catch(attempt)
      const answer = await asked.catch((cause: unknown) => {
        throw comeBackLater(cause)
      })
      if (answer.status >= 500) throw comeBackLater(new Error(`answered with ${answer.status}`), answer.retryAfter)
      return answer
    },
    get health() {
      return guard.health
    },
  }
}
