import { setInterval } from 'node:timers/promises'
import type { PlayerLoad } from '../../src/load/driver/player.ts'
import type { SampleTable } from '../../src/load/sample.ts'
import { readSamples } from '../../src/load/samples-file.ts'
import { type Asked, orderFor } from '../load/order.ts'
import { cpuMsOf, residentMBOf } from '../measure/processes.ts'

const lookEveryMs = 100

export interface Cost {
  startMs: number
  /** For all that the driver runs: our program, and k6 below it. */
  cpuMs: number
  responses: number
  /** ms */
  lateP99: number
  /** At its highest. */
  residentMB: number
  /** Requests that waited for an answer in the middle of the play. */
  inFlight: number
}

/** One play, and what the machine gave for it. */
export async function costOf(driver: PlayerLoad, asked: Asked): Promise<Cost> {
  const askedAt = performance.now()
  const order = orderFor(asked)
  const played = await driver.play(order, () => undefined)
  const startMs = performance.now() - askedAt
  const { pid } = played.process.identity
  const cpuAtStart = cpuMsOf(pid)
  const look = new AbortController()
  const resident = peakMB(pid, look.signal)
  const { answered, startedAt, lateP99 } = await played.done
  look.abort()
  return {
    startMs,
    cpuMs: cpuMsOf(pid) - cpuAtStart,
    responses: answered,
    lateP99,
    residentMB: await resident,
    inFlight: inFlightAt(startedAt + asked.seconds * 500, readSamples(order.into.samples)),
  }
}

async function peakMB(pid: number, signal: AbortSignal): Promise<number> {
  let peak = 0
  try {
    for await (const _ of setInterval(lookEveryMs, null, { signal })) peak = Math.max(peak, residentMBOf(pid))
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return peak
}

function inFlightAt(time: number, samples: SampleTable): number {
  let count = 0
  for (let index = 0; index < samples.length; index++) {
    const sentAt = samples.sentAt(index)
    if (sentAt <= time && time < sentAt + samples.took(index)) count++
  }
  return count
}
