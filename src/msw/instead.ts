import { type Duration, ms } from '../core/duration.ts'

/** What a request gets instead of the contract's answer: plain data, to be given to `next`. */
export type Instead =
  | { readonly kind: 'network error' | 'hang' }
  | { readonly kind: 'slow body'; readonly overMs: number }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }

/** The connection dies before there is an answer. */
export function networkError(): Instead {
  return { kind: 'network error' }
}

/** Nothing comes, ever: what ends it is the patience of the client. */
export function hang(): Instead {
  return { kind: 'hang' }
}

/** The contract's answer; its head at once, its body bit by bit over so long a time. */
export function slowBody(over: Duration): Instead {
  return { kind: 'slow body', overMs: ms(over) }
}

/** An answer that no contract speaks of: a status, and maybe a body. */
export function status(code: number, body = '', headers: Readonly<Record<string, string>> = {}): Instead {
  return { kind: 'status', status: code, headers, body }
}

/** So many requests get this instead; those after them the contract's answer. */
export function failsThenWorks(times: number, instead: Instead): Instead[] {
  return Array.from({ length: times }, () => instead)
}
