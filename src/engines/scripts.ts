import { scriptReader } from '../load/driver/k6/own/inspect.ts'
import type { ReadScript } from '../load/script.ts'
import type { EngineChoice } from './choice.ts'
import { findReady } from './ready-parts.ts'

/** Reads users' k6 scripts where k6 sends the load, else `null`. What it returns rejects with exit code 6 when k6 is missing. */
export function readScriptBy({ name, load }: EngineChoice): ReadScript | null {
  if (load !== 'k6') return null
  let reader: Promise<ReadScript> | null = null
  const makeReader = async () => {
    const ready = await findReady(name, { parts: ['k6'], toxiproxy: null })
    return scriptReader(ready.get('k6')?.file ?? 'k6')
  }
  return async (script) => (await (reader ??= makeReader()))(script)
}
