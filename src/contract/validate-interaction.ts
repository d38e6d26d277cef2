import { tryMs } from '../core/duration.ts'
import type { InteractionDefinition } from './define.ts'
import { placeholders } from './fill.ts'
import { halvesOf, maxDegradedHalves } from './halves.ts'
import { isRecord, type Place, show, suggest } from './place.ts'
import type { Half, Stance } from './stance.ts'
import { type Around, checkDegraded } from './validate-degraded.ts'
import { checkHalf } from './validate-half.ts'
import { checkRequest } from './validate-request.ts'

const keys = ['given', 'request', 'parameters', 'rows', 'response', 'degraded', 'recovers']

/** `around.otherwise` is given only where it is valid. */
export function checkInteraction(
  place: Place,
  value: unknown,
  around: Around & { otherwise: Stance | undefined },
): void {
  const sound = place.isFine(() => {
    const interaction = place.record(value, keys, 'an interaction')
    if (!interaction) return
    const { given, request, response, degraded, recovers } = interaction
    if (given !== undefined && (typeof given !== 'string' || given === ''))
      place.at('given').report('a provider state is known by its name, and this is no text')
    if (checkRequest(place.at('request'), request)) checkValues(place, interaction, placeholders(request))
    const normal = checkHalf(place.at('response'), response, 'normal') ? (response as Half) : undefined
    if (degraded !== undefined) checkDegraded(place.at('degraded'), degraded, normal, around)
    if (recovers !== undefined && tryMs(recovers) === undefined)
      place.at('recovers').report(`${show(recovers)} is no duration`, `Write it as '500ms', '5s' or '2m'.`)
  })
  if (!sound) return
  const count = halvesOf(value as InteractionDefinition, around.otherwise).demands.length - 1
  if (count > maxDegradedHalves) {
    const hint = 'Lines may share a half: name the schema once and use it in several lines.'
    place.at('degraded').report(`has ${count} different halves, at most ${maxDegradedHalves} are possible`, hint)
  }
}

/** Every place of the request gets a value, and every value has a place. */
function checkValues(place: Place, interaction: Record<string, unknown>, places: readonly string[]): void {
  const parameters = interaction['parameters'] ?? {}
  const rows = interaction['rows'] ?? []
  const unknown = new Set<string>()
  const checkRow = (here: Place, row: unknown) => {
    for (const [name, value] of Object.entries(here.record(row, null, 'a set of values') ?? {})) {
      if (!places.includes(name) && !unknown.has(name)) {
        unknown.add(name)
        const hint = places.length > 0 ? suggest(name, places) : `Write {${name}} where the value belongs.`
        here.at(name).report(`the request has no place {${name}}`, hint)
      }
      if (!['string', 'boolean'].includes(typeof value) && !Number.isFinite(value))
        here.at(name).report('a value is text, a number or a boolean')
    }
  }
  checkRow(place.at('parameters'), parameters)
  if (!Array.isArray(rows)) place.at('rows').report('rows are a list of values for the request')
  else if (interaction['rows'] !== undefined && rows.length === 0)
    place.at('rows').report('there is no row', 'Leave "rows" out to use the parameters alone.')
  else for (const [index, row] of rows.entries()) checkRow(place.at('rows', index), row)

  if (interaction['given'] !== undefined || !isRecord(parameters) || !Array.isArray(rows)) return
  for (const name of places.filter((one) => !Object.hasOwn(parameters, one))) {
    const without = rows.findIndex((row) => isRecord(row) && !Object.hasOwn(row, name))
    if (rows.length > 0 && without === -1) continue
    const here = rows.length > 0 ? place.at('rows', without) : place.at('parameters')
    const where = rows.length > 0 ? 'this row nor in the parameters' : 'the parameters, and there is no provider state'
    here.report(`{${name}} has no value in ${where}`, `Give an example: parameters: { ${name}: 1 }`)
  }
}
