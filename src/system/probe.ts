import { connect, type Socket } from 'node:net'
import type { Probe } from './define.ts'
import type { Address } from './topology.ts'

export interface ProbeOptions {
  /** The outcome is `silent` when nothing came of it in this time. */
  limitMs: number
  /** Marks the probe as Brownout's own, so that taps count it apart. */
  canary?: boolean
  /** Any well-formed answer will do, also one that says no. */
  anyStatus?: boolean
  /** Gives the probe up, as `silent`. */
  signal?: AbortSignal
}

export interface ProbeResult {
  /** `closed`: the connection ended without an answer, or the answer was not the wanted one (`detail` says which). */
  outcome: 'answered' | 'refused' | 'reset' | 'closed' | 'silent'
  /** ms from the start of connecting. */
  took: number
  detail: string
}

type Judgement = Pick<ProbeResult, 'outcome' | 'detail'>

/** The tap looks for this text in the first bytes of a connection. */
export const canaryMark = 'brownout-canary'

/** Longest beginning of an answer that is looked at, in bytes. */
const answerBytes = 4_096

/** Asks an instance, or an edge, whether it works, on a fresh connection. Never rejects. */
export async function probe(address: Address, asked: Probe, options: ProbeOptions): Promise<ProbeResult> {
  const start = performance.now()
  const socket = connect({ ...address, noDelay: true })
  const judgement = await new Promise<Judgement>((resolve) => {
    const timer = setTimeout(resolve, options.limitMs, {
      outcome: 'silent',
      detail: `no answer in ${options.limitMs} ms`,
    } satisfies Judgement)
    const giveUp = () => settle({ outcome: 'silent', detail: 'given up' })
    const settle = (result: Judgement) => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', giveUp)
      resolve(result)
    }
    options.signal?.addEventListener('abort', giveUp)
    if (options.signal?.aborted) giveUp()
    socket.on('error', (error: NodeJS.ErrnoException) => settle(judgeError(error)))
    socket.on('close', () => settle({ outcome: 'closed', detail: 'the connection was closed without an answer' }))
    socket.once('connect', () => {
      if (asked.kind === 'tcp') settle({ outcome: 'answered', detail: 'connected' })
      else socket.write(question(address, asked, options.canary === true))
    })
    let answer = ''
    socket.on('data', (chunk) => {
      if (answer.length < answerBytes) answer += chunk.toString('latin1')
      const result = asked.kind === 'tcp' ? undefined : judgeAnswer(asked.kind, answer, options)
      if (result) settle(result)
    })
  })
  const took = performance.now() - start
  if (judgement.outcome === 'answered') leave(socket)
  else socket.destroy()
  return { ...judgement, took }
}

function question({ host, port }: Address, asked: Exclude<Probe, { kind: 'tcp' }>, canary: boolean): string {
  if (asked.kind === 'redis') {
    return canary ? `*2\r\n$4\r\nPING\r\n$${canaryMark.length}\r\n${canaryMark}\r\n` : '*1\r\n$4\r\nPING\r\n'
  }
  const mark = canary ? `x-brownout-canary: ${canaryMark}\r\n` : ''
  return `GET ${asked.path} HTTP/1.1\r\nHost: ${host}:${port}\r\n${mark}Connection: close\r\n\r\n`
}

/** `undefined` while the first line is not complete. */
function judgeAnswer(
  kind: 'http' | 'redis',
  answer: string,
  { canary = false, anyStatus = false }: ProbeOptions,
): Judgement | undefined {
  const lineEnd = answer.indexOf('\r\n')
  if (lineEnd === -1) return answer.length < answerBytes ? undefined : notAnAnswer(answer)
  const line = answer.slice(0, lineEnd)
  if (kind === 'http') {
    const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(line)?.[1]
    if (status === undefined) return notAnAnswer(line)
    return { outcome: anyStatus || status.startsWith('2') ? 'answered' : 'closed', detail: `status ${status}` }
  }
  if (line.startsWith('-')) return { outcome: anyStatus ? 'answered' : 'closed', detail: line }
  if (!canary) return line === '+PONG' ? { outcome: 'answered', detail: line } : notAnAnswer(line)
  const echo = `$${canaryMark.length}\r\n${canaryMark}\r\n`
  if (answer.startsWith(echo)) return { outcome: 'answered', detail: canaryMark }
  return echo.startsWith(answer) ? undefined : notAnAnswer(line)
}

function notAnAnswer(text: string): Judgement {
  return { outcome: 'closed', detail: `not an answer: ${JSON.stringify(text.slice(0, 80))}` }
}

function judgeError({ code, message }: NodeJS.ErrnoException): Judgement {
  const detail = code ?? message
  if (code === 'ECONNRESET' || code === 'EPIPE') return { outcome: 'reset', detail }
  return { outcome: code === 'ETIMEDOUT' ? 'silent' : 'refused', detail }
}

/** Hangs up politely: destroying a socket with bytes unread would reset the connection, and look like a fault. */
function leave(socket: Socket): void {
  socket.end()
  socket.resume()
  socket.unref()
  setTimeout(() => socket.destroy(), 1_000).unref()
}
