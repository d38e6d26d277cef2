import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { BrownoutError, exitCodes } from './errors.ts'

export interface PortOptions {
  host?: string
  /** The window that is searched: `from` to `to`, the last not included; 20000 to 30000 unless said otherwise. */
  from?: number
  to?: number
  /** Ports that were promised to others though nobody listens on them yet. */
  taken?: ReadonlySet<number>
}

/**
 * Ports that stay free while a service restarts: outside the ephemeral range, from which the kernel hands ports to any
 * outgoing connection. The search starts at a place made from the process id, so that two runs side by side rarely meet.
 */
export async function freePorts(count: number, options: PortOptions = {}): Promise<number[]> {
  const { host = '127.0.0.1', from = 20_000, to = 30_000, taken } = options
  const ephemeral = ephemeralRange()
  const all = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  const safe = all.filter((port) => port < ephemeral.first || port > ephemeral.last)
  const window = safe.length >= count ? safe : all
  // Neighbouring ids begin far enough apart for the ports of a large system.
  const start = (process.pid * 127) % Math.max(1, window.length)
  const found: number[] = []
  for (const port of [...window.slice(start), ...window.slice(0, start)]) {
    if (found.length === count) break
    if (!taken?.has(port) && (await isPortFree(host, port))) found.push(port)
  }
  if (found.length < count)
    throw new BrownoutError(
      'NO_FREE_PORTS',
      `Failed to find ${count} free ports between ${from} and ${to}: only ${found.length} are free.`,
      { exitCode: exitCodes.inconclusive, hint: 'See what listens there: ss -ltnp' },
    )
  return found
}

/** Tries it by listening for a moment. Rejects when `host` is no address of this machine. */
export function isPortFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function ephemeralRange(): { first: number; last: number } {
  try {
    const [first = Number.NaN, last = Number.NaN] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
      .trim()
      .split(/\s+/)
      .map(Number)
    if (first <= last) return { first, last }
  } catch {
    // No Linux: the range most systems use.
  }
  return { first: 32_768, last: 60_999 }
}
