import { closeSync, openSync, writeSync } from 'node:fs'
import { seededRandom } from '../../src/core/random.ts'
import { sampleBytes, writeSample } from '../../src/load/sample.ts'
import { inForce, phaseMs, terms, undoAsked } from './scenario.ts'

const atOnce = 100_000

/** Writes `count` responses as a load would: roughly in the order they were sent, with some that ended much later. */
export function writeSamples(file: string, count: number): void {
  const random = seededRandom(1, 'bench')
  const bytes = new Uint8Array(atOnce * sampleBytes)
  const view = new DataView(bytes.buffer)
  const handle = openSync(file, 'w')
  for (let sequence = 0; sequence < count; sequence++) {
    const late = sequence % 7 === 0 ? 900 : 0
    const sentAt = Math.max(0, (sequence * 3 * phaseMs) / count - late)
    const faulty = sentAt > inForce && sentAt < undoAsked
    const draw = random.next()
    const keeps = draw < 0.005 ? 0 : faulty && draw < 0.4 ? 2 + 2 * random.below(2) : 1
    const took = 20 + random.next() ** 4 * 400
    const interaction = random.below(terms.interactions.length)
    const place = sequence % atOnce
    writeSample(view, place, { sentAt, took, late: 0, keeps, sequence, interaction, status: 200, error: 0 })
    if (place + 1 === atOnce || sequence + 1 === count) writeSync(handle, bytes.subarray(0, (place + 1) * sampleBytes))
  }
  closeSync(handle)
}
