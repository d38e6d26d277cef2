import type { FaultRecord } from '../fault/record.ts'
import { amount } from './figures.ts'
import { presenceOf } from './presence.ts'
import type { Scene } from './promises/scene.ts'
import { degradedHalves } from './regime.ts'
import { type Traffic, trafficOn, windowAround, windowUntil, windowWithin } from './traffic.ts'
import type { WitnessPart } from './verdict.ts'

/** (a) The workload uses what is going to break. One of several edges is enough. */
export function crossedBefore({ edges, asked }: FaultRecord, { scenario }: Scene): WitnessPart {
  const window = windowUntil(scenario.taps, asked)
  if (window === null) return { seen: false, text: 'no tap was read before the fault' }
  return crossing(
    edges.map((edge) => trafficOn(edge, window)),
    'before the fault',
  )
}

/** (c) A request of the workload met the fault. A refused port lets none through: there, cut connections or a stance tell. */
export function touched(fault: FaultRecord, scene: Scene): WitnessPart {
  const { taps } = scene.scenario
  const around = windowAround(taps, fault)
  if (fault.inForce === null || around === null) return { seen: false, text: 'no tap was read while it was in force' }
  const crossed = crossing(
    presenceOf(fault)
      .flatMap(({ begin, end }) => windowWithin(taps, begin, end) ?? [])
      .flatMap((window) => fault.edges.map((edge) => trafficOn(edge, window))),
    'while it was in force',
  )
  if (crossed.seen) return crossed

  const cut = fault.edges.reduce((sum, edge) => sum + cutBy(fault, trafficOn(edge, around)), 0)
  if (cut > 0) return { seen: true, text: `${amount(cut, 'live connection')} cut` }

  const stances = stancesSeen(fault, scene)
  if (stances.length > 0) return { seen: true, text: `${stances.join(', ')} answered as declared for it` }
  return { seen: false, text: `${crossed.text}, no live connection was cut, and no answer declared for it was seen` }
}

/** Live connections that the fault itself ended; only those of a kind that cuts, and nothing else can have ended. */
function cutBy({ fault }: FaultRecord, { openAtFirst, endedByConsumer, endedByProvider }: Traffic): number {
  switch (fault.kind) {
    case 'down':
    case 'flapping':
      return Math.min(openAtFirst, endedByConsumer + endedByProvider)
    case 'kill':
    case 'restart':
      return Math.min(openAtFirst, endedByProvider)
    case 'pause':
      // A process that is stopped ends nothing: whoever waits for it gives up.
      return Math.min(openAtFirst, endedByConsumer)
    case 'timeout':
    case 'reset':
    case 'latency':
    case 'bandwidth':
    case 'slicer':
    case 'limitData':
    case 'slowClose':
    case 'surge':
      return 0
  }
}

/** Interactions whose responses kept, while it was in force, a degraded half that was declared for this fault. */
function stancesSeen(fault: FaultRecord, { terms, classified }: Scene): string[] {
  return terms.interactions
    .filter((interaction) => {
      const kept = classified.meetings.keptUnder(fault, interaction.id)
      return degradedHalves(interaction, fault).some(({ mask }) => (kept & mask) !== 0)
    })
    .map(({ key }) => `"${key}"`)
}

function crossing(traffic: readonly Traffic[], when: string): WitnessPart {
  const used = traffic.filter(({ turns }) => turns > 0)
  const idle = traffic.filter(({ turns }) => turns === 0).map(({ edge }) => edge)
  const crossed = used.map(({ edge, turns }) => `${amount(turns, 'request')} crossed ${edge}`)
  const nothing = idle.length > 0 || used.length === 0 ? [`nothing crossed ${idle.join(', ') || 'any edge'}`] : []
  return { seen: used.length > 0, text: `${[...crossed, ...nothing].join(' and ')} ${when}` }
}
