import type { Json } from '../../contract/define.ts'
import { isRecord } from '../../contract/place.ts'
import type { PactBody } from '../model.ts'
import { isJsonType, isTextType } from './content-type.ts'
import { parseJson } from './parse-json.ts'

/**
 * A body as V1 to V3 write it: the JSON itself, or text. `contentType` is that of the headers, `null` without any: a text
 * may hold JSON then, or the base64 of anything.
 */
export function readBody(value: unknown, contentType: string | null): PactBody {
  if (value === undefined) return { kind: 'absent' }
  if (value === null || value === '') return { kind: 'empty' }
  if (typeof value !== 'string') return { kind: 'json', value: value as Json, contentType: null }
  if (contentType === null) return readUntyped(value)
  if (isJsonType(contentType)) return { kind: 'json', value: readJsonText(value), contentType: null }
  if (!isTextType(contentType) && isBase64(value)) return { kind: 'binary', base64: value, contentType: null }
  return { kind: 'text', text: value, contentType: null }
}

/** Whether a text is the base64 of something, in the one way of writing it that all agree on. */
export function isBase64(text: string): boolean {
  return text !== '' && Buffer.from(text, 'base64').toString('base64') === text
}

function readUntyped(text: string): PactBody {
  const value = /^\s*\{/.test(text) ? jsonIn(text) : undefined
  return isRecord(value) ? { kind: 'json', value, contentType: null } : { kind: 'text', text, contentType: null }
}

/** Text of type JSON is JSON that was written as text where it is a record or a text itself; else it means itself. */
function readJsonText(text: string): Json {
  const value = jsonIn(text)
  return isRecord(value) || typeof value === 'string' ? value : text
}

function jsonIn(text: string): Json | undefined {
  const reading = parseJson(text)
  return 'value' in reading ? reading.value : undefined
}
