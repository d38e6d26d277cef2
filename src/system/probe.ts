import { connect, type Socket } from 'node:net'
import { Answer, canaryEcho, canaryMark, type Judgement, type Wanted } from './answer.ts'
import type { Probe } from './define.ts'
import type { Address } from './topology.ts'

export interface ProbeOptions extends Wanted {
  /** The outcome is `silent` when there is no whole answer in this time. */
  limitMs: number
  /** Marks the probe as Brownout's own, so that taps count it apart. It also waits, within the limit, to be hung up on. */
  canary?: boolean
  /** Gives the probe up, as `silent`. */
  signal?: AbortSignal
}

export interface ProbeResult extends Judgement {
  /** ms from the start of connecting to the last byte of the answer, or to whatever came instead. */
  took: number
  /** Length of what came of the answer. */
  bytes: number
  /** ms from the last byte of the answer to the end of the connection; `null`: it did not come, or was not waited for. */
  closedAfter: number | null
}

/** Asks an instance, or an edge, whether it works, on a fresh connection. Never rejects. */
export async function probe(address: Address, asked: Probe, options: ProbeOptions): Promise<ProbeResult> {
  const { limitMs, signal, canary = false } = options
  const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<Judgement>()
  const timer = setTimeout(giveUp, limitMs, { outcome: 'silent', detail: `no answer in ${limitMs} ms` })
  const abort = () => giveUp({ outcome: 'silent', detail: 'given up' })
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()

  const start = performance.now()
  const answer = asked.kind === 'tcp' ? null : new Answer(asked.kind, options)
  const socket = connect({ ...address, noDelay: true })
  const hungUp = new Promise<number>((resolve) => {
    for (const event of ['end', 'close']) socket.once(event, () => resolve(performance.now()))
  })
  let lastByteAt: number | null = null
  const { outcome, detail } = await new Promise<Judgement>((settle) => {
    void givenUp.then(settle)
    socket.on('error', (error: NodeJS.ErrnoException) => settle(judgeError(error)))
    socket.once('connect', () => {
      if (asked.kind === 'tcp') settle({ outcome: 'answered', detail: 'connected' })
      else socket.write(question(address, asked, canary))
    })
    socket.on('data', function read(chunk) {
      lastByteAt = performance.now()
      const judgement = answer?.take(chunk)
      if (!judgement) return
      socket.off('data', read)
      settle(judgement)
    })
    void hungUp.then(() => settle(answer?.end() ?? { outcome: 'closed', detail: 'the connection was closed' }))
  })
  const at = outcome === 'answered' ? (lastByteAt ?? performance.now()) : performance.now()
  const isHungUpOn = canary && answer !== null && outcome === 'answered'
  socket.resume()
  const endedAt = isHungUpOn ? await Promise.race([hungUp, givenUp.then(() => null)]) : null
  clearTimeout(timer)
  signal?.removeEventListener('abort', abort)
  if (outcome === 'answered' && endedAt === null) leave(socket)
  else socket.destroy()
  const closedAfter = endedAt === null ? null : endedAt - at
  return { outcome, detail, took: at - start, bytes: answer?.bytes ?? 0, closedAfter }
}

/** The canary asks its Redis to hang up, as it does with a server of HTTP. */
function question({ host, port }: Address, asked: Exclude<Probe, { kind: 'tcp' }>, canary: boolean): string {
  if (asked.kind === 'redis') {
    if (!canary) return '*1\r\n$4\r\nPING\r\n'
    return `*2\r\n$4\r\nPING\r\n$${canaryEcho.length}\r\n${canaryEcho}\r\n*1\r\n$4\r\nQUIT\r\n`
  }
  const mark = canary ? `x-brownout-canary: ${canaryMark}\r\n` : ''
  return `GET ${asked.path} HTTP/1.1\r\nHost: ${host}:${port}\r\n${mark}Connection: close\r\n\r\n`
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
