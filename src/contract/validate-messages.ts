import { beyondPact } from './define.ts'
import { type Place, show, suggest } from './place.ts'
import { isSchema } from './validate-half.ts'

const keys = ['given', 'contents', 'metadata']

export function checkMessages(place: Place, value: unknown): void {
  for (const [name, definition] of Object.entries(place.record(value, null, 'messages') ?? {})) {
    const here = place.at(name)
    if (name.trim() !== name || name === '') here.report('the name of a message is text without outer blanks')
    const message = here.record(definition, keys, 'a message')
    if (!message) continue
    const { given, contents, metadata } = message
    if (given !== undefined && (typeof given !== 'string' || given === ''))
      here.at('given').report('a provider state is known by its name, and this is no text')
    if (!isSchema(contents))
      here
        .at('contents')
        .report(
          contents === undefined ? 'the contents are missing' : 'is no schema',
          'Contents are demanded by zod 4 or any Standard Schema.',
        )
    if (metadata === undefined) continue
    for (const [key, text] of Object.entries(here.at('metadata').record(metadata, null, 'metadata') ?? {})) {
      if (typeof text !== 'string') here.at('metadata', key).report('is no text', `Write '${show(text)}'.`)
    }
  }
}

/** What a contract says of its pact. */
export function checkPactOptions(place: Place, value: unknown): void {
  const options = place.record(value, ['mayOmit'], 'what is said of the pact')
  if (!options) return
  const here = place.at('mayOmit')
  if (!Array.isArray(options['mayOmit'])) return here.report('is no list of what the pact may leave out')
  for (const [index, kind] of options['mayOmit'].entries()) {
    if (!beyondPact.some((known) => known === kind))
      place
        .at('mayOmit', index)
        .report(`${show(kind)} is nothing a pact can leave out`, suggest(String(kind), beyondPact))
  }
}
