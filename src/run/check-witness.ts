import type { Place } from '../contract/place.ts'
import { formatMs, ms } from '../core/duration.ts'
import { type CanaryFault, canaryLimitMs, canBeFelt, hasCanary, leastFeltMs } from '../fault/felt.ts'
import { windowOf } from '../fault/timing.ts'
import { describeFault, type Fault, type Surge } from '../fault/vocabulary.ts'
import { canaryEchoReply } from '../system/answer.ts'
import type { SystemNames } from '../system/names.ts'

interface Surroundings {
  /** The provider on whose edges it is felt. */
  service: string
  names: SystemNames
  /** `Infinity` when the plan makes the phase as long as it must be. */
  duringMs: number
}

/** No answer about a service's health is longer, bytes. */
const longestAnswer = 64 * 1_024

/** A fault without a witness proves nothing. That some can have none is clear before they are played. */
export function checkWitness(place: Place, fault: Exclude<Fault, Surge>, surroundings: Surroundings): void {
  const { service, names, duringMs } = surroundings
  const report = (what: string, hint?: string) => place.report(`"${describeFault(fault)}" ${what}`, hint)
  const cannot = (why: string, hint?: string) => report(`can never be witnessed: ${why}`, hint)
  if (!names.edges.some(({ provider }) => provider === service)) return cannot('nobody in the system calls it')
  if (hasCanary(fault)) {
    const isRedis = names.redis.includes(service)
    const bytes = isRedis ? canaryEchoReply.length : longestAnswer
    if (fault.kind !== 'down' && names.tcp.includes(service))
      return cannot(
        'connecting is all that is asked of it, and the proxy before it always lets you',
        `give ${service} a ready probe: ready: http('/healthz')`,
      )
    const answer = isRedis ? `${bytes} bytes` : `${bytes} bytes at most`
    if (!canBeFelt(fault, bytes)) return cannot(...tooSlight(fault, bytes, answer))
  }
  const { fromMs, untilMs } = windowOf(fault)
  const lastsMs = Math.min(untilMs, duringMs) - fromMs
  const seenMs = seenAfterMs(fault)
  if (lastsMs > 0 && lastsMs < seenMs)
    report(`is over before it can be seen, which takes ${formatMs(seenMs)}`, 'give it more time')
}

/** Why the canary does not feel the fault, and what it would feel. */
function tooSlight(fault: CanaryFault, bytes: number, answer: string): [why: string, hint?: string] {
  const chance = `less than ${leastFeltMs} ms cannot be told from chance`
  const tooLittle = `it does not show in the canary's answer, ${answer}`
  switch (fault.kind) {
    case 'latency':
      return [chance, `a delay of ${leastFeltMs}ms or more, the jitter taken off`]
    case 'slowClose':
      return [chance, `a delay of ${leastFeltMs}ms or more`]
    case 'bandwidth':
      return [tooLittle, `a rate of ${Math.floor(bytes / leastFeltMs)} kB/s or less`]
    case 'slicer':
      return [tooLittle, `smaller slices or a longer delay: in all, ${chance}`]
    default:
      return [tooLittle, `less than ${bytes} bytes`]
  }
}

/** How long the canary needs to tell, or a port to come and go. */
function seenAfterMs(fault: Exclude<Fault, Surge>): number {
  if (fault.kind === 'flapping') return ms(fault.down) + ms(fault.up)
  if (!hasCanary(fault)) return 0
  switch (fault.kind) {
    case 'latency':
    case 'slowClose':
      return Math.min(ms(fault.delay), canaryLimitMs(fault))
    case 'timeout':
      return Math.min(ms(fault.after) || Infinity, canaryLimitMs(fault))
    case 'pause':
      return canaryLimitMs(fault)
    default:
      return 0
  }
}
