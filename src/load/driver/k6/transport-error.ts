import type { TransportError } from '../../sample.ts'

type Failure = Exclude<TransportError, 'none'>

/** k6's error codes that leave no doubt. */
const codes: Readonly<Record<number, Failure>> = {
  1050: 'timeout',
  1100: 'unreachable',
  1101: 'unreachable',
  1201: 'reset',
  1211: 'timeout',
  1212: 'refused',
  1220: 'reset',
  1701: 'protocol',
}

/** For the others Go's words decide. */
const words: readonly (readonly [RegExp, Failure])[] = [
  [/malformed|invalid header|headers? (exceeded|too large)|Content-Length|transfer[ -]encoding|chunk/i, 'protocol'],
  [/unsupported response status|unsolicited response|parse Location/i, 'protocol'],
  // Go itself closes a connection that was reset while it writes.
  [/connection reset by peer|broken pipe|connection aborted|use of closed network connection/i, 'reset'],
  [/EOF|server closed idle connection/, 'closed'],
  [/connection refused/i, 'refused'],
  [/timeout|deadline exceeded|timed out/i, 'timeout'],
  [/unreachable|no route to host|network is down|host is down|no such host/i, 'unreachable'],
]

/** What kept a request from being answered, from k6's `error_code` and `error`. */
export function transportErrorOf(code: number, text: string): Failure {
  return codes[code] ?? words.find(([pattern]) => pattern.test(text))?.[1] ?? 'other'
}
