import type { Json } from '../../contract/define.ts'

/** A record with its keys in order. */
export function sortKeys<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** JSON with the keys of all its records in order. */
export function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((part: Json) => sorted(part))
  const record = sortKeys(value as Readonly<Record<string, Json>>)
  return Object.fromEntries(Object.entries(record).map(([key, part]) => [key, sorted(part)]))
}

/** What is not `undefined` of a record, in its order. */
export function given(record: Readonly<Record<string, Json | undefined>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

/** A record in order, or `undefined` when it is empty. */
export function filled(record: Readonly<Record<string, Json>>): Json | undefined {
  return Object.keys(record).length === 0 ? undefined : sorted(record)
}
