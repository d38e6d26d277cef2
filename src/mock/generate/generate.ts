import type { Json } from '../../contract/define.ts'
import type { PactResponse } from '../../pact/model.ts'
import { parsePath, type PathStep } from '../../pact/path.ts'
import { draw, type Source } from './draw.ts'

/** A response with what its generators make in place of their examples: in the status, headers and a JSON body. */
export function generate(response: PactResponse, source: Source): PactResponse {
  const { status = {}, header = {}, body = {} } = response.generators
  const [ofStatus] = Object.values(status)
  const drawn = ofStatus === undefined ? undefined : draw(ofStatus, source)
  return {
    ...response,
    status: typeof drawn === 'number' ? drawn : response.status,
    headers: withHeaders(response.headers, header, source),
    body:
      response.body.kind === 'json'
        ? { ...response.body, value: withValues(response.body.value, body, source) }
        : response.body,
  }
}

function withHeaders(
  headers: PactResponse['headers'],
  generators: Readonly<Record<string, Json>>,
  source: Source,
): PactResponse['headers'] {
  const changed: Record<string, readonly string[]> = { ...headers }
  for (const [key, generator] of Object.entries(generators)) {
    const name = /^(?:\$\.)?([^[\]]+)(?:\[.*\])?$/.exec(key.toLowerCase())?.[1] ?? key
    const value = Object.hasOwn(headers, name) ? draw(generator, source) : undefined
    if (value !== undefined) changed[name] = [String(value)]
  }
  return changed
}

function withValues(value: Json, generators: Readonly<Record<string, Json>>, source: Source): Json {
  let changed = value
  for (const [key, generator] of Object.entries(generators)) {
    const path = parsePath(key)
    if (path) changed = replace(changed, path, () => draw(generator, source))
  }
  return changed
}

/** Each value that the path leads to is made anew; where it leads nowhere nothing is. */
function replace(value: Json, [step, ...rest]: readonly PathStep[], make: () => Json | undefined): Json {
  if (step === undefined) return make() ?? value
  if (typeof value !== 'object' || value === null) return value
  const leadsTo = (key: string | number) =>
    typeof step === 'string' || ('field' in step ? step.field === key : step.index === key)
  if (Array.isArray(value)) return value.map((part: Json, index) => (leadsTo(index) ? replace(part, rest, make) : part))
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, leadsTo(key) ? replace(part as Json, rest, make) : part]),
  )
}
