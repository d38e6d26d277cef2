import { isRecord, show } from '../contract/place.ts'
import { suggestion } from '../core/nearest.ts'
import { type Say, sayUnknownKeys } from './say.ts'

const keysOfPolicy = ['required', 'undecided', 'undeclared', 'waivers']
const keysOfWaiver = ['scenario', 'promise', 'owner', 'reason', 'expires']
const meanings = { undecided: ['inconclusive', 'broken', 'warning'], undeclared: ['broken', 'warning'] }

/** What is wrong with the form of the gate's policy; whether its scenarios exist is another matter. */
export function validatePolicy(say: Say, policy: unknown): void {
  const path = ['gate']
  if (policy === undefined) return
  if (!isRecord(policy)) return say(path, 'is no policy', "gate: { undecided: 'broken' }")
  sayUnknownKeys(say, path, policy, keysOfPolicy)
  validateRequired(say, [...path, 'required'], policy['required'])
  for (const [key, known] of Object.entries(meanings)) {
    const meaning = policy[key]
    if (meaning !== undefined && !known.includes(meaning as string))
      say([...path, key], `${show(meaning)} is no meaning of "${key}"`, suggestion(String(meaning), known))
  }
  const { waivers = [] } = policy
  if (!Array.isArray(waivers)) return say([...path, 'waivers'], 'is no list', "[{ scenario: '…', owner: '…', … }]")
  for (const [index, waiver] of waivers.entries()) validateWaiver(say, [...path, 'waivers', String(index)], waiver)
}

function validateRequired(say: Say, path: readonly string[], required: unknown): void {
  if (required === undefined) return
  if (!Array.isArray(required)) return say(path, 'is no list', "['comments-refused']")
  if (required.length === 0) say(path, 'requires nothing, so anything would ship', 'leave it out to require everything')
  for (const [index, name] of required.entries())
    if (!isText(name)) say([...path, String(index)], `${show(name)} is no name of a scenario`)
}

function validateWaiver(say: Say, path: readonly string[], waiver: unknown): void {
  if (!isRecord(waiver)) return say(path, 'is no waiver', `{ ${keysOfWaiver.join(', ')} }`)
  sayUnknownKeys(say, path, waiver, keysOfWaiver)
  const { scenario, promise, owner, reason, expires } = waiver
  if (!isText(scenario)) say([...path, 'scenario'], 'names no scenario')
  if (promise !== undefined && !isText(promise))
    say([...path, 'promise'], 'names no promise', 'leave it out to waive the whole scenario')
  if (!isText(owner)) say([...path, 'owner'], 'has no owner', 'who sees to it that the waiver can go?')
  if (!isText(reason)) say([...path, 'reason'], 'has no reason', 'why may it pass, and until what is done?')
  if (!isDay(expires)) say([...path, 'expires'], `${show(expires)} is no day`, "write it as '2027-01-31'")
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/** A day of the calendar as `'2027-01-31'`; a 30th of February is none. */
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}
