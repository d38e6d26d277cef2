import { apiErrors } from './errors.ts'

/** The JSON of a request body. Throws the 400 that Toxiproxy would answer. */
export function parseBody(text: string): unknown {
  if (text.trim() === '') throw apiErrors.badRequestBody('EOF')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw apiErrors.badRequestBody(error instanceof Error ? error.message : String(error))
  }
}

/** The types of fields, named as in Toxiproxy's errors. */
interface FieldTypes {
  string: string
  bool: boolean
  int64: number
  float32: number
  object: object
}

const isType: Record<keyof FieldTypes, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  int64: (value) => Number.isSafeInteger(value),
  float32: (value) => typeof value === 'number',
  object: isObject,
}

type Shape = Readonly<Record<string, keyof FieldTypes>>
type Fields<S extends Shape> = { -readonly [Name in keyof S]?: FieldTypes[S[Name]] }

/**
 * The fields of a JSON object as Go reads them: names in any case, `null` and unknown names count for nothing, a value of
 * another type is a 400. `owner` leads to the object in that error: `'attributes.'`.
 */
export function readFields<S extends Shape>(value: unknown, shape: S, owner = ''): Fields<S> {
  const fields: Fields<S> = {}
  if (value === null) return fields
  if (!isObject(value))
    throw apiErrors.badRequestBody(`json: cannot unmarshal ${describe(value)} into ${owner || 'value '}of type object`)
  const byName = new Map<string, keyof S & string>(Object.keys(shape).map((name) => [name.toLowerCase(), name]))
  for (const [key, given] of Object.entries(value)) {
    const name = byName.get(key.toLowerCase())
    if (name === undefined || given === null) continue
    const type = shape[name] as keyof FieldTypes
    if (!isType[type](given))
      throw apiErrors.badRequestBody(`json: cannot unmarshal ${describe(given)} into ${owner}${name} of type ${type}`)
    fields[name] = given
  }
  return fields
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(value: unknown): string {
  if (typeof value === 'number') return `number ${value}`
  if (typeof value === 'boolean') return 'bool'
  return Array.isArray(value) ? 'array' : typeof value
}
