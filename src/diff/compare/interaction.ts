import type { Change } from '../change.ts'
import type { InteractionVersion, MessageVersion } from '../version.ts'
import { compareDemands, type Where } from './demands.ts'
import { compareLimit, compareNormal, compareStances } from './half.ts'
import { stancePairs } from './stances.ts'

const whole: Where = { half: 'interaction', condition: null }

/** All that has changed about an interaction; what only reads differently is one line at the end. */
export function compareInteractions(older: InteractionVersion, newer: InteractionVersion): Change[] {
  const changes = [
    ...compareDemands({ older: older.request, newer: newer.request }, 'request', { half: 'request', condition: null }),
    ...compareNormal(older, newer),
    ...stancePairs(older, newer).flatMap((pair) => compareStances(pair, older, newer)),
    ...compareRecovery(older, newer),
    ...compareStates(older, newer),
  ]
  return [...changes, ...sayRewording(changes, older, newer)]
}

export function compareMessages(older: MessageVersion, newer: MessageVersion): Change[] {
  const message: Where = { half: 'message', condition: null }
  const changes = [
    ...compareAsked(older, newer),
    ...compareDemands({ older: older.sent, newer: newer.sent }, 'answer', message),
    ...compareStates(older, newer),
  ]
  const areSame = changes.length > 0 || older.source.kind !== newer.source.kind || older.sent.text === newer.sent.text
  return areSame ? changes : [rewording(message)]
}

function compareAsked({ asked: before }: MessageVersion, { asked: now }: MessageVersion): Change[] {
  if (before && now)
    return compareDemands({ older: before, newer: now }, 'request', { half: 'request', condition: null })
  if (!before === !now) return []
  const text = before ? 'is now sent unasked' : 'is now sent when asked for'
  return [{ ...whole, kind: 'breaking', place: '', text }]
}

function compareRecovery(
  { recoversMs: before }: InteractionVersion,
  { recoversMs: now }: InteractionVersion,
): Change[] {
  return before === null || now === null ? [] : compareLimit('recovers', { before, now }, whole)
}

function compareStates({ states: before }: { states: string }, { states: now }: { states: string }): Change[] {
  if (before === now) return []
  const said = (states: string) => (states === '' ? 'none' : `"${states}"`)
  return [{ ...whole, kind: 'neutral', place: 'provider state', text: `was ${said(before)}, is now ${said(now)}` }]
}

/** A contract and a pact never read the same. */
function sayRewording(changes: readonly Change[], older: InteractionVersion, newer: InteractionVersion): Change[] {
  if (older.source.kind !== newer.source.kind) return []
  const texts = ({ request, halves: [normal, ...others] }: InteractionVersion) =>
    [request.text, normal?.text, ...others.map(({ text }) => text).toSorted()].join('\n')
  const isSame = changes.length > 0 || texts(older) === texts(newer)
  return isSame ? [] : [rewording(whole)]
}

function rewording(where: Where): Change {
  return { ...where, kind: 'neutral', place: '', text: 'only wording, examples or order are different' }
}
