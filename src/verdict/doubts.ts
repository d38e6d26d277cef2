import { doubtsOfScript } from './of-script.ts'
import type { Scene } from './promises/scene.ts'
import type { PromiseVerdict, Witness } from './verdict.ts'
import { missingParts } from './witness.ts'

interface Doubtful {
  scene: Scene
  /** Why the load measured nothing. */
  unmeasured: string | null
  witnesses: readonly Witness[]
  /** As the responses alone have it, before anything else was weighed. */
  promises: readonly Pick<PromiseVerdict, 'text' | 'status' | 'reason'>[]
}

/** Why nothing follows from the scenario; empty when something does. */
export function doubtsOf({ scene, unmeasured, witnesses, promises }: Doubtful): string[] {
  const { scenario, samples, classified } = scene
  const { endedBy, startedAt, health, faults } = scenario
  const doubts: string[] = []
  if (endedBy) doubts.push(`it was cut short: ${endedBy.message}`)
  if (health && !health.healthy) doubts.push(`not healthy to begin with: ${health.reason ?? 'no reason is known'}`)
  if (startedAt === null || health === null) return [...doubts, 'it was not played']
  // A script may be made of requests that are not looked at: then the taps tell whether it met the faults.
  const isLookedAt = scenario.interactions.length > 0
  if (isLookedAt && samples.length === 0) return [...doubts, 'not one response came']
  doubts.push(...doubtsOfScript(scenario))
  if (unmeasured !== null) doubts.push(unmeasured)
  for (const { text, trouble } of faults) if (trouble !== null) doubts.push(`${text}: ${trouble}`)
  for (const witness of witnesses) {
    const missing = missingParts(witness)
    if (missing.length > 0) doubts.push(`no witness of ${witness.text}: ${missing.join('; ')}`)
  }
  const { full, reduced, refused, broken } = classified.counts.during
  if (isLookedAt && faults.length > 0 && full + reduced + refused + broken === 0)
    doubts.push('no response met the faults')
  if (promises.length === 0) doubts.push('it promises nothing')
  for (const { text, status, reason } of promises)
    if (status === 'undecided') doubts.push(`${doubtAbout(text)}${reason}`)
  return doubts
}

/** How a doubt begins that is about one promise alone. */
export function doubtAbout(text: string): string {
  return `"${text}" is undecided: `
}
