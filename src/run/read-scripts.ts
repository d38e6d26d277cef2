import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Terms } from '../contract/terms.ts'
import { BrownoutError, exitCodes, type Problem } from '../core/errors.ts'
import { type ReadScript, ScriptError, type ScriptFacts } from '../load/script.ts'
import type { Scenario } from '../scenario/define.ts'
import { isScriptLoad } from '../scenario/read-script.ts'
import type { ScriptLoad } from '../scenario/script-load.ts'
import type { Loaded } from './load-files.ts'
import { fillScriptEnv } from './plan-script.ts'

type Named = Loaded<Scenario> & { name: string }

interface Reading {
  folder: string
  terms: Terms
  /** `null` when the load engine plays no scripts. */
  read: ReadScript | null
}

/** Nothing is sent when a script is read: any address will do, and none is chosen yet. */
const standIn = () => 'http://127.0.0.1:9'

/** What k6 says of the scripts of these scenarios, by their names, and why some cannot be played. One after the other. */
export async function readScripts(
  scenarios: readonly Named[],
  reading: Reading,
): Promise<{ facts: Map<string, ScriptFacts>; problems: Problem[] }> {
  const facts = new Map<string, ScriptFacts>()
  const problems: Problem[] = []
  for (const { file, name, definition } of scenarios) {
    const load: unknown = definition.load
    if (!isScriptLoad(load) || typeof load.script !== 'string') continue
    const found = await readOne(load, file, reading)
    if ('message' in found) problems.push(found)
    else if (found.facts !== null) facts.set(name, found.facts)
  }
  return { facts, problems }
}

async function readOne(
  load: ScriptLoad,
  scenario: string,
  { folder, terms, read }: Reading,
): Promise<Problem | { facts: ScriptFacts | null }> {
  const file = resolve(folder, load.script)
  if (!existsSync(file))
    return { file: scenario, path: ['load', 'script'], message: `there is no file "${load.script}"` }
  if (read === null) {
    const message = `"${load.script}" can be played by k6 alone, and the load engine is another`
    return { file: scenario, path: ['load', 'script'], message, hint: '--engines load=k6' }
  }
  try {
    return { facts: await read({ file, env: fillScriptEnv(load, terms, standIn).env }) }
  } catch (error) {
    // Whoever plays it misses k6 anyway, and a plan without its word is better than none.
    if (error instanceof BrownoutError && error.exitCode === exitCodes.partMissing) return { facts: null }
    if (!(error instanceof ScriptError)) throw error
    const { place, message } = error
    return {
      file: relative(folder, place?.file ?? file),
      ...(place === null ? {} : { line: place.line }),
      path: [],
      message: `k6 cannot play it: ${message}`,
      hint: `it is the load of ${scenario}`,
    }
  }
}
