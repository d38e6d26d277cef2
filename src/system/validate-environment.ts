import { isRecord } from '../contract/place.ts'
import type { Environment } from './define.ts'
import { type Say, sayUnknownService } from './say.ts'

/** What is wrong with the environment of a service, or with what a variant lays on it. */
export function validateEnvironment(
  say: Say,
  path: readonly string[],
  { service, environment, known }: { service: string; environment: Environment; known: readonly string[] },
): void {
  if (!isRecord(environment)) return say(path, 'is no environment', "{ PORT: own('port') }")
  // A config may be plain JavaScript: the values are looked at as they are, not as they were declared.
  for (const [name, value] of Object.entries<unknown>(environment)) {
    const place = [...path, name]
    if (typeof value === 'string') continue
    if (!isReference(value)) {
      const hint = typeof value === 'number' || typeof value === 'boolean' ? `write '${value}'` : undefined
      say(place, "must be text, or one of url(…), host(…), port(…), own('port')", hint)
    } else if (value.reference === 'own') {
      if (!['port', 'host', 'name', 'folder'].includes(String(value.what)))
        say(place, `own('${String(value.what)}') is unknown`, "own('port'), own('host'), own('name') or own('folder')")
    } else if (value.service === service) {
      say(place, 'a service cannot refer to itself', "own('port'), own('host') or own('name')")
    } else if (!known.includes(String(value.service))) {
      sayUnknownService(say, place, value.service, known)
    }
  }
}

function isReference(value: unknown): value is { reference: string; service?: unknown; what?: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'reference' in value &&
    ['url', 'host', 'port', 'own'].includes(String(value.reference))
  )
}
