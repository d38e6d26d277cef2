import { isRecord, type Place, show } from '../contract/place.ts'
import { normalKey } from '../contract/terms.ts'
import type { EnvReference } from '../system/define.ts'
import type { ScriptLoad } from './script-load.ts'

/** What of a script load is sound in itself; whether the file, the services and the interactions are there is another matter. */
export interface SoundScript {
  place: Place
  /** As the user named it; `null` when there is no name. */
  file: string | null
  target: string | null
  thresholds: boolean
  env: { name: string; value: string | Exclude<EnvReference, { reference: 'own' }>; place: Place }[]
}

const keys = ['kind', 'script', 'target', 'thresholds', 'interactions', 'env'] satisfies (keyof ScriptLoad)[]
const example = "k6('k6/checkout.ts', { target: 'storefront', thresholds: true })"

export function isScriptLoad(load: unknown): load is ScriptLoad {
  return isRecord(load) && load['kind'] === 'k6'
}

/** Reports whatever is wrong with the form of a script load, and returns the rest. */
export function readScript(place: Place, load: unknown): SoundScript {
  const { script, target, thresholds, env } = place.record(load, keys, 'a load by k6') ?? {}
  const isNamed = typeof script === 'string' && /\.[jt]s$/.test(script)
  if (!isNamed) place.at('script').report(`${show(script)} is no script`, `a file .js or .ts: ${example}`)
  const isTarget = target === undefined || typeof target === 'string'
  if (!isTarget) place.at('target').report(`${show(target)} is no service`, example)
  if (typeof thresholds !== 'boolean') place.at('thresholds').report(`${show(thresholds)} is neither true nor false`)
  return {
    place,
    file: isNamed ? script : null,
    target: isTarget ? (target ?? null) : null,
    thresholds: thresholds === true,
    env: readEnv(place.at('env'), env),
  }
}

/** The interactions by which it tags, each once, with their places. */
export function readTags(place: Place, interactions: unknown): Map<string, Place> {
  const sound = new Map<string, Place>()
  if (!Array.isArray(interactions)) {
    place.report('is no list', "interactions: ['browser → storefront / read an article']")
    return sound
  }
  for (const [index, name] of interactions.entries()) {
    const here = place.at(index)
    const key = typeof name === 'string' ? normalKey(name) : null
    if (key === null) here.report(`${show(name)} is no interaction`)
    else if (sound.has(key)) here.report(`"${key}" is named already`)
    else sound.set(key, here)
  }
  return sound
}

function readEnv(place: Place, env: unknown): SoundScript['env'] {
  const written = Object.entries(place.record(env, null, 'an environment') ?? {})
  return written.flatMap(([name, value]) => {
    const here = place.at(name)
    if (/^(K6|BROWNOUT)_/.test(name)) here.report('is an option of k6 or of Brownout', 'give it another name')
    if (typeof value === 'string' || isAddress(value)) return [{ name, value, place: here }]
    const isPlain = typeof value === 'number' || typeof value === 'boolean'
    here.report('must be text, or one of url(…), host(…), port(…)', isPlain ? `write '${value}'` : undefined)
    return []
  })
}

function isAddress(value: unknown): value is Exclude<EnvReference, { reference: 'own' }> {
  return isRecord(value) && ['url', 'host', 'port'].includes(String(value['reference']))
}
