import { ms } from '../core/duration.ts'
import type { CanaryReading } from './record.ts'
import type { EdgeFault, Fault, InstanceFault } from './vocabulary.ts'

/** Faults that a canary feels while they are in force; what others do is told by the steps they take, or by the load. */
export type CanaryFault = Exclude<EdgeFault, { kind: 'flapping' }> | (InstanceFault & { kind: 'kill' | 'pause' })

/** Those that let a whole answer through, late. */
type DelayFault = Extract<CanaryFault, { kind: 'latency' | 'bandwidth' | 'slicer' | 'slowClose' }>

const shortestLimitMs = 500
const longestLimitMs = 3_000

/** A shorter delay cannot be told from chance. */
export const leastFeltMs = 5

/** What the answer to a canary is taken to measure, as long as none was seen. */
const presumedBytes = 5_000

export function hasCanary(fault: Fault): fault is CanaryFault {
  return fault.kind !== 'flapping' && fault.kind !== 'restart' && fault.kind !== 'surge'
}

/** How long the canary waits for all it asks for: longer than the fault's delay, up to three seconds. */
export function canaryLimitMs(fault: CanaryFault): number {
  return isDelay(fault) ? Math.min(longestLimitMs, patienceFor(fault, presumedBytes)) : shortestLimitMs
}

/** What is usual on an edge: the quickest of the answers before the fault. What made another one late was chance. */
export function usualOf(before: readonly CanaryReading[]): CanaryReading | undefined {
  return before.filter(({ outcome }) => outcome === 'answered').toSorted((a, b) => a.took - b.took)[0]
}

/** Whether the fault shows in the reading, given the one taken before it. */
export function feels(fault: CanaryFault, reading: CanaryReading, before: CanaryReading | undefined): boolean {
  const { outcome } = reading
  switch (fault.kind) {
    case 'down':
      return outcome === 'refused'
    case 'timeout':
      return outcome === 'silent' || outcome === 'closed'
    case 'reset':
      return outcome === 'reset' || outcome === 'closed'
    case 'kill':
      return outcome !== 'answered'
    case 'pause':
      return outcome === 'silent'
    case 'limitData':
      if (outcome === 'reset' || outcome === 'closed') return true
      // Where only the connection's end tells the end of an answer, one that breaks off looks whole.
      return outcome === 'answered' && reading.bytes === fault.bytes && (before?.bytes ?? 0) > fault.bytes
    case 'latency':
    case 'bandwidth':
    case 'slicer':
      if (outcome === 'answered') return isLate(fault, reading.bytes, { took: reading.took, usual: before?.took ?? 0 })
      return outcome === 'silent' && reading.limitMs < patienceFor(fault, before?.bytes ?? 0)
    case 'slowClose': {
      const usual = before?.closedAfter ?? null
      // A provider that does not hang up by itself tells nothing.
      if (outcome !== 'answered' || usual === null) return false
      if (reading.closedAfter !== null) return isLate(fault, reading.bytes, { took: reading.closedAfter, usual })
      return reading.limitMs < patienceFor(fault, reading.bytes)
    }
  }
}

/** Whether an answer of so many bytes can show the fault at all. */
export function canBeFelt(fault: CanaryFault, bytes: number): boolean {
  if (fault.kind === 'limitData') return bytes > fault.bytes
  return !isDelay(fault) || delayOf(fault, bytes).least >= leastFeltMs
}

export function isDelay(fault: Fault): fault is DelayFault {
  return 'delay' in fault || fault.kind === 'bandwidth'
}

/**
 * Later than usual by the delay, give or take a tenth. What usually took less than a quarter of it took that partly by
 * chance, so the whole delay is enough.
 */
function isLate(fault: DelayFault, bytes: number, { took, usual }: { took: number; usual: number }): boolean {
  const { least } = delayOf(fault, bytes)
  return canBeFelt(fault, bytes) && (took - usual >= least * 0.9 || (took >= least && usual < least / 4))
}

/** A delay beyond the canary's patience shows as silence; one within it does not. */
function patienceFor(fault: DelayFault, bytes: number): number {
  return delayOf(fault, bytes).most + shortestLimitMs
}

/** By how many ms the fault moves on the end of an answer of so many bytes, or of its connection. */
function delayOf(fault: DelayFault, bytes: number): { least: number; most: number } {
  switch (fault.kind) {
    case 'latency': {
      const [delay, jitter] = [ms(fault.delay), ms(fault.jitter)]
      return { least: delay - jitter, most: delay + jitter }
    }
    case 'slowClose':
      return { least: ms(fault.delay), most: ms(fault.delay) }
    case 'bandwidth':
      return { least: bytes / fault.rate, most: bytes / fault.rate }
    case 'slicer': {
      // Slices are made by halving, so they are as long as `size` or half of it, and the first one comes at once.
      const slices = Math.ceil(bytes / fault.size)
      return { least: (slices - 1) * ms(fault.delay), most: 2 * slices * ms(fault.delay) }
    }
  }
}
