import { isRecord, Place } from '../contract/place.ts'
import { normalKey } from '../contract/terms.ts'
import type { Problem } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'
import type { Scenario } from '../scenario/define.ts'
import { describePromise } from '../scenario/promise.ts'
import { isScriptLoad } from '../scenario/read-script.ts'
import { readScenario } from '../scenario/read.ts'
import type { System } from '../system/define.ts'
import type { Loaded } from './load-files.ts'

type Named = Loaded<Scenario> & { name: string }

/** The gate's policy against the scenarios, and its waivers against the day: `today` is `'2027-01-31'`. */
export function checkPolicy(system: Loaded<System>, scenarios: readonly Named[], today: string): Problem[] {
  const problems: Problem[] = []
  const place = new Place(system.file, problems).at('gate')
  // The form is checked elsewhere; here, only what has it is compared.
  const { required, waivers } = isRecord(system.definition.gate) ? system.definition.gate : {}
  for (const [index, name] of listOf(required).entries())
    if (typeof name === 'string') findScenario(place.at('required', index), name, scenarios)
  for (const [index, waiver] of listOf(waivers).entries())
    if (isRecord(waiver)) checkWaiver(place.at('waivers', index), waiver, { scenarios, today })
  return problems
}

function checkWaiver(
  place: Place,
  waiver: Record<string, unknown>,
  { scenarios, today }: { scenarios: readonly Named[]; today: string },
): void {
  const { scenario: name, promise, owner, reason, expires } = waiver
  const scenario = typeof name === 'string' ? findScenario(place.at('scenario'), name, scenarios) : undefined
  if (scenario && typeof promise === 'string') {
    const known = promisesOf(scenario)
    if (!known.includes(normalKey(promise)) && !isThreshold(promise, scenario))
      place.at('promise').report(`"${scenario.name}" does not promise "${promise}"`, suggestion(promise, known))
  }
  // Days written like this sort by time.
  if (typeof expires === 'string' && /^\d{4}-\d\d-\d\d$/.test(expires) && expires < today) {
    const what = [name, promise].filter((part) => part !== undefined).join(': ')
    place
      .at('expires')
      .report(
        `the waiver for "${what}" expired on ${expires} (owner: ${String(owner)}; reason: ${String(reason)})`,
        'mend what it lets pass and take it out, or agree on another day',
      )
  }
}

function findScenario(place: Place, name: string, scenarios: readonly Named[]): Named | undefined {
  const found = scenarios.find((scenario) => scenario.name === name)
  const known = scenarios.map((scenario) => scenario.name)
  if (!found) place.report(`unknown scenario "${name}"`, suggestion(name, known))
  return found
}

/** What thresholds a script has, k6 alone can say: any may be waived where they are promises. */
function isThreshold(promise: string, { definition: { load } }: Named): boolean {
  return isScriptLoad(load) && load.thresholds && promise.startsWith('after: k6 threshold ')
}

/** As reports print them: `'during: share of broken at most 5 %'`. */
function promisesOf({ file, definition }: Named): string[] {
  const { promises } = readScenario(new Place(file, []), definition)
  return promises.map(({ phase, promise }) => normalKey(`${phase}: ${describePromise(promise)}`))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
