import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../../core/clock.ts'

/** Tells the run's clock (ms since the epoch, as text) over HTTP, to k6 alone. */
export interface ClockServer {
  url: string
  close(): void
}

export async function serveClock(clock: Clock): Promise<ClockServer> {
  const server = createServer((_, response) => response.end(String(clock.now())))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** How far the run's clock was ahead of k6's: read between two of its moments, best where they are nearest to each other. */
export function offsetOf(readings: readonly (readonly [before: number, at: number, after: number])[]): number {
  const [best] = readings.toSorted(([a, , b], [c, , d]) => b - a - (d - c))
  if (!best || !best.every(Number.isFinite)) throw new Error('k6 could not read the clock of the run')
  const [before, at, after] = best
  return at - (before + after) / 2
}
