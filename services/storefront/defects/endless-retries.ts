import type { ReadComments } from '../comments.ts'

/**
 * Defect: impatient attempts, one right after the other, with no pause and no breaker, until the page cannot wait any
 * longer. The reader hardly notices; the service that is already in trouble gets four times the requests.
 */
export function endlessRetries(ask: ReadComments): ReadComments {
  return async (request, article) => {
    let last: unknown
    for (let attempt = 0; attempt < 4; attempt++) {
      try {
        return await ask(request, article, AbortSignal.timeout(80))
      } catch (error) {
        last = error
      }
    }
    throw last
  }
}
