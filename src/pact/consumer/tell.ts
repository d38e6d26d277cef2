import type { ConsumerInteraction } from '@pact-foundation/pact-core'
import type { Json } from '../../contract/define.ts'
import type { HttpInteraction, PactBody } from '../model.ts'
import { writeInteraction } from '../write/write-interaction.ts'
import { writeRequestRules, writeResponseRules } from '../write/write-rules.ts'
import { toldRequest } from './generated.ts'

/** Tells Pact's own mock server one interaction, with nothing added or left out. */
export function tell(interaction: HttpInteraction, core: ConsumerInteraction): void {
  const { request, response } = interaction
  core.uponReceiving(interaction.description)
  core.setKey((writeInteraction(interaction) as { key: string }).key)
  for (const { name, params } of interaction.states) {
    if (Object.keys(params).length > 0) core.givenWithParams(name, JSON.stringify(params))
    else core.given(name)
  }
  for (const [key, comment] of Object.entries(interaction.comments)) core.setComment(key, JSON.stringify(comment))

  const told = toldRequest(request)
  core.withRequest(request.method, told.path)
  each(request.query, (name, index, value) => core.withQuery(name, index, told.query(name, value ?? '')))
  each(request.headers, (name, index, value) => core.withRequestHeader(spelt(name), index, told.header(name, value)))
  tellBody(told.body, (text, type) => core.withRequestBody(text, type))
  core.withRequestMatchingRules(asText(writeRequestRules(told.rules, request)))

  core.withStatus(response.status)
  each(response.headers, (name, index, value) => core.withResponseHeader(spelt(name), index, value))
  tellBody(response.body, (text, type) => core.withResponseBody(text, type))
  core.withResponseMatchingRules(asText(writeResponseRules(response.rules, response.headers)))
}

function each<Value>(
  all: Readonly<Record<string, readonly Value[]>>,
  say: (name: string, index: number, value: Value) => void,
): void {
  for (const [name, values] of Object.entries(all))
    for (const [index, value] of values.entries()) say(name, index, value)
}

/** Of this one header the library knows no other spelling, and would add its own. */
function spelt(name: string): string {
  return name === 'content-type' ? 'Content-Type' : name
}

function tellBody(body: PactBody, say: (text: string, contentType: string) => boolean): void {
  if (body.kind === 'json') say(JSON.stringify(body.value), body.contentType ?? 'application/json')
  if (body.kind === 'text') say(body.text, body.contentType ?? 'text/plain')
}

function asText(rules: Json | undefined): string {
  return JSON.stringify(rules ?? {})
}
