import type { TransportError } from '../../sample.ts'

type Failure = Exclude<TransportError, 'none'>

const kinds: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  // The provider said goodbye before its answer was complete.
  UND_ERR_SOCKET: 'closed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'closed',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
}

/** What kept a request from being answered, from an error of undici or of a Node socket. */
export function transportErrorOf(error: NodeJS.ErrnoException): Failure {
  const { code = '', name, message } = error
  // undici gives these the code of a closed socket: an answer nobody asked for, an upgrade nobody wanted.
  if (code === 'UND_ERR_SOCKET' && message.startsWith('bad ')) return 'protocol'
  // The parser's errors have no code, also the one for a connection that ended within an answer.
  if (name === 'HTTPParserError') return message.includes('EOF') ? 'closed' : 'protocol'
  return kinds[code] ?? 'other'
}
