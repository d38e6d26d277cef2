import { Place } from '../contract/place.ts'
import type { Terms } from '../contract/terms.ts'
import type { Problem } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'
import type { Scenario } from '../scenario/define.ts'
import { readScenario, type SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import { checkFaults } from './check-faults.ts'
import { checkPromises } from './check-promises.ts'
import { checkScript } from './check-script.ts'
import type { Loaded } from './load-files.ts'

/** Everything a scenario says, against the system and the contracts: all problems at once. */
export function checkScenario({ file, definition }: Loaded<Scenario>, names: SystemNames, terms: Terms): Problem[] {
  const problems: Problem[] = []
  const scenario = readScenario(new Place(file, problems), definition)
  checkMix(scenario, terms)
  checkScript(scenario, names, terms)
  checkFaults(scenario, names)
  checkPromises(scenario, names, terms)
  return problems
}

function checkMix({ mix }: SoundScenario, terms: Terms): void {
  const known = terms.interactions.map(({ key }) => key)
  for (const [key, { place }] of mix)
    if (!known.includes(key)) place.report(`unknown interaction "${key}"`, suggestion(key, known))
}
