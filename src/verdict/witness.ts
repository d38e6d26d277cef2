import type { FaultRecord } from '../fault/record.ts'
import { judgeCanary } from './canary.ts'
import { whole } from './figures.ts'
import type { Scene } from './promises/scene.ts'
import { degradedHalves } from './regime.ts'
import { type Traffic, trafficOn, windowBetween } from './traffic.ts'
import type { Witness, WitnessPart } from './verdict.ts'

/** A fault nobody felt proves nothing: what shows that this one was felt. */
export function witnessOf(fault: FaultRecord, scene: Scene): Witness {
  const { text, inForce, undoAsked } = fault
  return {
    fault: fault.id,
    text,
    inForceMs: inForce === null || undoAsked === null ? null : undoAsked - inForce,
    crossedBefore: crossedBefore(fault, scene),
    canary: judgeCanary(fault),
    touched: touched(fault, scene),
  }
}

export function isComplete({ inForceMs, crossedBefore: before, canary, touched: touch }: Witness): boolean {
  return inForceMs !== null && before.seen && canary.seen && touch.seen
}

/** The parts of a witness that are missing, in words. */
export function missingParts(witness: Witness): string[] {
  if (witness.inForceMs === null) return ['it was not seen to come and go']
  const { crossedBefore: before, canary, touched: touch } = witness
  return [
    ...(before.seen ? [] : [before.text]),
    ...(canary.seen ? [] : [canary.text]),
    ...(touch.seen ? [] : [touch.text]),
  ]
}

/** (a) The workload uses what is going to break. One of several edges is enough. */
function crossedBefore({ edges }: FaultRecord, { scenario }: Scene): WitnessPart {
  const window = windowBetween(scenario.taps, 'start', 'asked')
  if (window === null) return { seen: false, text: 'no tap was read before the fault' }
  return crossing(
    edges.map((edge) => trafficOn(edge, window)),
    'before the fault',
  )
}

/** (c) A request of the workload met the fault. A refused port lets none through: there, cut connections or a stance tell. */
function touched(fault: FaultRecord, scene: Scene): WitnessPart {
  const { taps } = scene.scenario
  const during = windowBetween(taps, 'inForce', 'undoAsked')
  if (during === null) return { seen: false, text: 'no tap was read while it was in force' }
  const crossed = crossing(
    fault.edges.map((edge) => trafficOn(edge, during)),
    'while it was in force',
  )
  if (crossed.seen) return crossed

  const since = windowBetween(taps, 'asked', 'undoAsked') ?? during
  const cut = fault.edges.reduce((sum, edge) => sum + cutBy(fault, trafficOn(edge, since)), 0)
  if (cut > 0) return { seen: true, text: `${count(cut, 'live connection')} cut` }

  const stances = stancesSeen(fault, scene)
  if (stances.length > 0) return { seen: true, text: `${stances.join(', ')} answered as declared for it` }
  return { seen: false, text: `${crossed.text}, no live connection was cut, and no answer declared for it was seen` }
}

/** Live connections that the fault itself ended; only those of a kind that cuts, and nothing else can have ended. */
function cutBy({ fault }: FaultRecord, { openAtFirst, endedByConsumer, endedByProvider }: Traffic): number {
  if (fault.kind === 'down') return Math.min(openAtFirst, endedByConsumer + endedByProvider)
  return fault.kind === 'kill' ? Math.min(openAtFirst, endedByProvider) : 0
}

/** Interactions whose responses kept, during the faults, a degraded half that was declared for this one. */
function stancesSeen(fault: FaultRecord, { terms, classified }: Scene): string[] {
  return terms.interactions
    .filter((interaction) => {
      const kept = classified.keptDegraded[interaction.id] ?? 0
      return degradedHalves(interaction, fault).some(({ mask }) => (kept & mask) !== 0)
    })
    .map(({ key }) => `"${key}"`)
}

function crossing(traffic: readonly Traffic[], when: string): WitnessPart {
  const used = traffic.filter(({ turns }) => turns > 0)
  const idle = traffic.filter(({ turns }) => turns === 0).map(({ edge }) => edge)
  const crossed = used.map(({ edge, turns }) => `${count(turns, 'request')} crossed ${edge}`)
  const nothing = idle.length > 0 || used.length === 0 ? [`nothing crossed ${idle.join(', ') || 'any edge'}`] : []
  return { seen: used.length > 0, text: `${[...crossed, ...nothing].join(' and ')} ${when}` }
}

function count(number: number, noun: string): string {
  return `${whole(number)} ${noun}${number === 1 ? '' : 's'}`
}
