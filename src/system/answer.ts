/** The tap looks for this text in the first bytes of a connection. */
export const canaryMark = 'brownout-canary'

/** What the canary has a Redis echo: long enough to show that few bytes a second, or few bytes at all, come through. */
export const canaryEcho = canaryMark.padEnd(5_000, '.')
export const canaryEchoReply = `$${canaryEcho.length}\r\n${canaryEcho}\r\n`

/** Longest beginning of an answer that is kept and looked at, in bytes. */
const keptBytes = 8_192

const lastChunk = '\r\n0\r\n\r\n'

/** `closed`: the connection ended before the answer was whole, or the answer was not the wanted one (`detail` says which). */
export interface Judgement {
  outcome: 'answered' | 'refused' | 'reset' | 'closed' | 'silent'
  detail: string
}

export interface Wanted {
  /** The canary asked. */
  canary?: boolean
  /** Any well-formed answer will do, also one that says no. */
  anyStatus?: boolean
}

/** An answer on its way in. It is judged when it is whole, or can be none. */
export class Answer {
  bytes = 0
  readonly #kind: 'http' | 'redis'
  readonly #wanted: Wanted
  #beginning = ''
  #tail = ''

  constructor(kind: 'http' | 'redis', wanted: Wanted) {
    this.#kind = kind
    this.#wanted = wanted
  }

  /** `undefined` while more must come. */
  take(chunk: Buffer): Judgement | undefined {
    const text = chunk.toString('latin1')
    this.bytes += chunk.length
    this.#beginning += text.slice(0, keptBytes - this.#beginning.length)
    this.#tail = (this.#tail + text).slice(-lastChunk.length)
    return this.#judge(false)
  }

  /** Nothing more comes. */
  end(): Judgement {
    return this.#judge(true) ?? { outcome: 'closed', detail: 'the connection was closed without a whole answer' }
  }

  #judge(ended: boolean): Judgement | undefined {
    const [line = ''] = this.#beginning.split('\r\n', 1)
    if (line.length === this.#beginning.length) return line.length < keptBytes ? undefined : notAnAnswer(line)
    return this.#kind === 'http' ? this.#judgeHttp(line, ended) : this.#judgeRedis(line)
  }

  #judgeHttp(line: string, ended: boolean): Judgement | undefined {
    const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(line)?.[1]
    if (status === undefined) return notAnAnswer(line)
    const headEnd = this.#beginning.indexOf('\r\n\r\n')
    if (headEnd === -1) return this.#beginning.length < keptBytes ? undefined : notAnAnswer(line)
    const isWhole = status === '204' || status === '304' || this.#hasWholeBody(headEnd, ended)
    if (!isWhole) return undefined
    return {
      outcome: this.#wanted.anyStatus || status.startsWith('2') ? 'answered' : 'closed',
      detail: `status ${status}`,
    }
  }

  /** As the head says: by chunks, by its length, or to the end of the connection. */
  #hasWholeBody(headEnd: number, ended: boolean): boolean {
    const head = this.#beginning.slice(0, headEnd)
    if (/^transfer-encoding:.*\bchunked/im.test(head)) return this.#tail === lastChunk
    const length = /^content-length:[ \t]*(\d+)/im.exec(head)?.[1]
    return length === undefined ? ended : this.bytes >= headEnd + 4 + Number(length)
  }

  #judgeRedis(line: string): Judgement | undefined {
    const { anyStatus, canary } = this.#wanted
    if (line.startsWith('-')) return { outcome: anyStatus ? 'answered' : 'closed', detail: line }
    if (!canary) return line === '+PONG' ? { outcome: 'answered', detail: line } : notAnAnswer(line)
    const wanted = canaryEchoReply.slice(0, canaryEchoReply.indexOf(canaryMark) + canaryMark.length)
    if (!this.#beginning.startsWith(wanted)) return wanted.startsWith(this.#beginning) ? undefined : notAnAnswer(line)
    return this.bytes < canaryEchoReply.length ? undefined : { outcome: 'answered', detail: canaryMark }
  }
}

function notAnAnswer(text: string): Judgement {
  return { outcome: 'closed', detail: `not an answer: ${JSON.stringify(text.slice(0, 80))}` }
}
