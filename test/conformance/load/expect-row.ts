import { expect } from 'vitest'
import { identityHeaders } from '../../../src/load/arrivals/identity.ts'
import { transportErrors } from '../../../src/load/sample.ts'
import { sequenceOf } from '../../load/rough-server.ts'
import type { DriverName } from './drivers.ts'
import type { Played } from './play-rows.ts'
import type { Outcome, Row } from './row.ts'

/** How much later than it must an answer may be taken note of, on a machine that is busy with much else. */
export const graceMs = 1_000

/** How much sooner than it was told to wait a server may answer: Node's timers count whole milliseconds of a clock read before. */
const timerMs = 1

export function outcomeOf(row: Row, driver: DriverName): Outcome {
  return { ...row.expected, ...row.differs[driver] }
}

/** Whether something took longer than the grace, or timed out though the server answers at once. */
export function wasHeldUp({ samples }: Played, { error, tookAtLeast }: Outcome): boolean {
  return samples.some(
    ({ took, late, error: found }) =>
      Math.max(late, took - tookAtLeast) >= graceMs || (transportErrors[found] === 'timeout' && error !== 'timeout'),
  )
}

export function expectSamples({ samples }: Played, { arrivals }: Row, { error, status, keeps, tookAtLeast }: Outcome) {
  expect(samples.length).toBe(arrivals)
  for (const sample of samples) {
    const kind = transportErrors[sample.error]
    expect({ kind, status: sample.status, keeps: sample.keeps }).toEqual({
      kind: [error].flat().find((one) => one === kind) ?? error,
      status,
      keeps,
    })
    expect(sample.took).toBeGreaterThanOrEqual(tookAtLeast - timerMs)
    expect(sample.took).toBeLessThan(tookAtLeast + graceMs)
  }
}

/** The first two that keep the normal half are shown; of the others three of a kind in each second. */
export function expectEvidence({ evidence, samples, base }: Played, { error, keeps, shown }: Outcome) {
  const kinds = Map.groupBy(samples, (sample) => `${Math.floor(sample.sentAt / 1_000)} ${sample.error}`)
  const alike = [...kinds.values()].reduce((sum, { length }) => sum + Math.min(3, length), 0)
  expect(evidence.length).toBe(keeps & 1 ? Math.min(2, samples.length) : alike)
  for (const one of evidence) {
    const sample = samples.find(({ sequence }) => sequence === one.sequence)
    expect(one).toMatchObject({ keeps, requestId: `run-${one.sequence}`, interaction: sample?.interaction })
    expect(one.sentAt).toBeCloseTo(sample?.sentAt ?? 0, 3)
    expect(one.request.url).toMatch(base)
    expect(one.request.headers).toMatchObject(identityHeaders('run', one.sequence))
    if (error === 'none') expect(one.error).toBe(null)
    // In words, after the kind.
    else expect(one.error).toMatch(/^[a-z ]+: ./)
    if (shown !== null) expect(one.response).toMatchObject(shown)
    if (error === 'none' && keeps === 0) expect(one.wanted[0]).toMatchObject({ bit: 0 })
    if (error !== 'none') expect(one.wanted).toEqual([])
  }
}

/** Every arrival is asked once, with the same names for the services as in the evidence. */
export function expectReceived({ received, samples, base }: Played, { nowhere }: Row, { sent }: Outcome) {
  if (nowhere) {
    expect(received).toEqual([])
    return
  }
  const inTurn = received.toSorted((a, b) => sequenceOf(a) - sequenceOf(b))
  expect(inTurn.map(sequenceOf)).toEqual(samples.map(({ sequence }) => sequence))
  for (const [index, request] of inTurn.entries()) {
    const { headers } = request
    const agent = sent[0]?.headers?.['user-agent'] ?? 'brownout'
    expect(headers).toMatchObject({
      'user-agent': agent,
      'accept-encoding': 'identity',
      host: new URL(base).host,
      ...identityHeaders('run', sequenceOf(request)),
    })
    if (!sent.some((one) => one.headers?.['cookie'])) expect(headers).not.toHaveProperty('cookie')
    if (sent.length > 0) expect(request).toMatchObject(sent[index % sent.length] ?? {})
  }
}
