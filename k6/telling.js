// What Brownout's scripts for k6 have in common: when it is, who asks, and how much of a body is told.
import exec from 'k6/execution'
import { sha256 } from 'k6/crypto'

// Looked up once: these are slow to come by, and tell of the moment in which they are asked.
const test = {}

/** k6's milliseconds since the test began, on a monotonic clock. */
export const moment = () => (test.instance = test.instance || exec.instance).currentTestRunDuration

/** Number of the iteration in its scenario. */
export const iterationNow = () => (test.scenario = test.scenario || exec.scenario).iterationInTest

/** The headers that tell the services who calls: as src/load/arrivals/identity.ts has them. */
export function identityHeaders(run, sequence) {
  const id = `${run}-${sequence}`
  const digest = sha256(id, 'hex')
  return { 'x-request-id': id, traceparent: `00-${digest.slice(0, 32)}-${digest.slice(32, 48)}-01` }
}

/** The text of a body and whether it is only its beginning: what is too large is known by its length. */
export function told(text, limitBytes) {
  const isCut = text.length > limitBytes
  return [isCut ? text.slice(0, 8192) : text, isCut]
}
