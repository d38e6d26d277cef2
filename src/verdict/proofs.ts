import { type Felt, resolveStance } from '../contract/resolve.ts'
import { type InteractionTerms, normalKey, type StanceTerms } from '../contract/terms.ts'
import type { FaultRecord } from '../fault/record.ts'
import { edgeName } from '../system/topology.ts'
import type { TapSnapshot } from '../tap/counts.ts'
import type { Meeting } from './meetings.ts'
import type { Scene } from './promises/scene.ts'
import { edgesMeant, trafficOn, windowUntil } from './traffic.ts'
import type { PromiseVerdict, ScenarioVerdict } from './verdict.ts'

/** A stance that a scenario saw kept: of an interaction, on what was felt. */
export interface Proof {
  interaction: string
  felt: Felt
}

/** Fewer responses prove nothing. */
const fewestResponses = 20
/** Of a hundred responses so many may violate a stance that is kept, as in the promises of an ordinary scenario. */
const mostViolations = 0.05

/**
 * What a scenario proved, unless it is inconclusive: then a fault may have no witness. A stance of an interaction of its mix
 * is proven by a fault that put its condition on the edge, when no promise that looks at the interaction is broken, and when
 * of its responses that met the fault, at least 20, no more than 5 % violate the stance and, if a degraded answer is
 * declared, one at least was that answer. The edge was in use before the fault.
 *
 * Where several faults that somebody feels are in force at once, nobody can say which of them a response answers to. So
 * only the responses count that met one of them alone, the graces of the contract included: faults that come one after the
 * other are told apart, faults that come together prove nothing. A surge and the loss of a replica excuse nothing, and do
 * not disturb. One fault on several edges does prove each: the stances held while all those conditions were in force.
 */
export function proofsOf(scene: Scene, verdict: Pick<ScenarioVerdict, 'word' | 'promises'>): Proof[] {
  if (verdict.word === 'inconclusive') return []
  const { scenario, terms, classified } = scene
  const played = new Set(scenario.interactions.map(({ id }) => id))
  return terms.interactions
    .filter(({ id, key }) => played.has(id) && verdict.promises.every((promise) => isFine(promise, key)))
    .flatMap((interaction) =>
      scenario.faults.flatMap((fault) =>
        provenBy(feltInUse(fault, scenario.taps), interaction, classified.meetings.alone(fault, interaction.id)),
      ),
    )
}

/** What was felt on edges that something crossed before the fault: of one that nobody uses nothing can be seen. */
function feltInUse({ felt, asked }: FaultRecord, taps: readonly TapSnapshot[]): Felt[] {
  const before = windowUntil(taps, asked)
  if (before === null) return []
  return felt.filter(({ consumer, dependency }) =>
    edgesMeant(edgeName(consumer, dependency), taps).some((edge) => trafficOn(edge, before).turns > 0),
  )
}

function provenBy(felts: readonly Felt[], interaction: InteractionTerms, met: Meeting): Proof[] {
  return felts
    .filter((felt) => {
      const stance = resolveStance(interaction, felt)
      return stance !== null && isKept(stance, met)
    })
    .map((felt) => ({ interaction: interaction.key, felt }))
}

function isKept({ kind, bit }: StanceTerms, { responses, full, broken, kept }: Meeting): boolean {
  if (responses < fewestResponses) return false
  if (kind === 'unaffected' || bit === null) return responses - full <= mostViolations * responses
  return broken <= mostViolations * responses && (kept & (1 << bit)) !== 0
}

/** A promise that does not look at the interaction says nothing of it. */
function isFine({ promise, status }: PromiseVerdict, key: string): boolean {
  return status === 'kept' || ('of' in promise && promise.of !== undefined && normalKey(promise.of) !== key)
}
