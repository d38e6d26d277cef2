import type { Problem } from '../core/errors.ts'
import { isTaken } from '../record/store.ts'

/** Scenarios whose folder in a run would be that of another, or of the run itself; where case does not count, too. */
export function checkScenarioNames(scenarios: readonly { name: string; file: string }[]): Problem[] {
  const files = new Map<string, string>()
  return scenarios.flatMap(({ name, file }) => {
    const known = name.toLowerCase()
    const other = files.get(known)
    if (other === undefined) files.set(known, file)
    const whose = isTaken(known) ? 'which a run keeps for itself' : other && `as ${other} is`
    const message = `is named "${name}", ${whose}`
    return whose ? [{ file, path: [], message, hint: 'give the file another name' }] : []
  })
}
