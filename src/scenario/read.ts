import { isRecord, type Place, show } from '../contract/place.ts'
import { normalKey } from '../contract/terms.ts'
import { tryMs } from '../core/duration.ts'
import { suggestion } from '../core/nearest.ts'
import type { Fault } from '../fault/vocabulary.ts'
import { type LoadDefinition, type Phase, phases, type Scenario } from './define.ts'
import type { WrittenPromise } from './promise.ts'
import { isScriptLoad, readScript, readTags, type SoundScript } from './read-script.ts'
import { checkFault } from './validate-fault.ts'
import { checkPromise } from './validate-promise.ts'

/** What of a scenario is sound in itself, each part with its place; whether it fits the system is another matter. */
export interface SoundScenario {
  /** 0 when there is none; `null` when a script decides on it. */
  rate: number | null
  /** The user's own script, when it is the load. */
  script: SoundScript | null
  /** By the names of interactions as we write them: of a script, those it tags, each of weight 1. */
  mix: ReadonlyMap<string, { weight: number; place: Place }>
  faults: { fault: Fault; place: Place }[]
  promises: { promise: WrittenPromise; phase: Phase; place: Place }[]
  /** Lengths that the user fixed, ms. */
  lengths: Partial<Record<Phase, number>>
}

const scenarioKeys = ['kind', 'title', 'load', 'faults', 'promises', 'phases'] satisfies (keyof Scenario)[]
const loadKeys = ['rate', 'mix'] satisfies (keyof LoadDefinition)[]

/** Reports whatever is wrong with the form of a scenario, and returns the rest. */
export function readScenario(place: Place, scenario: unknown): SoundScenario {
  const { title, load, faults, promises, phases: lengths } = read(place, scenario, scenarioKeys, 'a scenario')
  if (typeof title !== 'string' || title.trim() === '') place.at('title').report('has no title')
  return {
    ...readLoad(place.at('load'), load),
    faults: readFaults(place.at('faults'), faults),
    lengths: readLengths(place.at('phases'), lengths),
    promises: readPromises(place.at('promises'), promises, isScriptLoad(load) && load.thresholds),
  }
}

function readLoad(place: Place, load: unknown): Pick<SoundScenario, 'rate' | 'script' | 'mix'> {
  if (isScriptLoad(load)) {
    const tags = readTags(place.at('interactions'), load.interactions)
    const mix = new Map([...tags].map(([key, here]) => [key, { weight: 1, place: here }]))
    return { rate: null, script: readScript(place, load), mix }
  }
  const { rate, mix } = read(place, load, loadKeys, 'a load')
  const sound = new Map<string, { weight: number; place: Place }>()
  const written = Object.entries(isRecord(mix) ? mix : {})
  if (written.length === 0) {
    const hint = "load: { rate: 100, mix: { 'consumer → provider / interaction': 1 } }"
    place.report('sends no load, so it could prove nothing', hint)
    return { rate: 0, script: null, mix: sound }
  }
  const isRate = typeof rate === 'number' && rate > 0 && rate <= 100_000
  if (!isRate) place.at('rate').report(`${String(rate)} is no rate`, 'arrivals per second, more than 0')
  for (const [name, weight] of written) {
    const here = place.at('mix', name)
    const key = normalKey(name)
    const isWeight = typeof weight === 'number' && weight > 0 && Number.isFinite(weight)
    if (!isWeight) here.report(`${String(weight)} is no weight`, 'a number above 0')
    if (sound.has(key)) here.report(`"${key}" is in the mix already, with its arrow written another way`)
    else sound.set(key, { weight: isWeight ? weight : 0, place: here })
  }
  return { rate: isRate ? rate : 0, script: null, mix: sound }
}

function readFaults(place: Place, faults: unknown): SoundScenario['faults'] {
  const listed = readList(place, faults, "faults: [down('redis')]")
  if (listed?.length === 0) place.report('breaks nothing', "give it at least one fault, such as down('redis')")
  return (listed ?? []).flatMap((fault, index) => {
    const here = place.at(index)
    return checkFault(here, fault) ? [{ fault, place: here }] : []
  })
}

/** `hasOthers`: there are promises besides these. */
function readPromises(place: Place, promises: unknown, hasOthers: boolean): SoundScenario['promises'] {
  const byPhase = place.record(promises ?? {}, null, 'a set of promises')
  if (!byPhase) return []
  for (const phase of Object.keys(byPhase)) checkPhase(place.at(phase), phase)
  const lists = phases.map((phase) => ({
    phase,
    listed: readList(place.at(phase), byPhase[phase], `${phase}: [share('broken').atMost(0.05)]`),
  }))
  if (!hasOthers && lists.every(({ listed }) => listed?.length === 0))
    place.report('promises nothing', "during: [share('broken').atMost(0.05)]")
  return lists.flatMap(({ phase, listed }) =>
    (listed ?? []).flatMap((promise, index) => {
      const here = place.at(phase, index)
      return checkPromise(here, promise) ? [{ promise, phase, place: here }] : []
    }),
  )
}

function readLengths(place: Place, lengths: unknown): SoundScenario['lengths'] {
  const sound: SoundScenario['lengths'] = {}
  for (const [phase, duration] of Object.entries(place.record(lengths ?? {}, null, 'a set of lengths') ?? {})) {
    const length = tryMs(duration)
    if (!checkPhase(place.at(phase), phase)) continue
    if (length) sound[phase] = length
    else place.at(phase).report(`${show(duration)} is no duration`, "write it as '500ms', '5s' or '2m'")
  }
  return sound
}

function checkPhase(place: Place, phase: string): phase is Phase {
  const isKnown = phases.some((known) => known === phase)
  if (!isKnown) place.report(`unknown phase "${phase}"`, suggestion(phase, phases))
  return isKnown
}

/** What can be read of a value; reports the keys that nobody reads, and not that it is missing. */
function read(place: Place, value: unknown, known: readonly string[], what: string): Record<string, unknown> {
  return isRecord(value) ? (place.record(value, known, what) ?? {}) : {}
}

/** Empty when absent; `undefined`, and a report, when it is something else than a list. */
function readList(place: Place, value: unknown, example: string): unknown[] | undefined {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  place.report('is no list', example)
  return undefined
}
