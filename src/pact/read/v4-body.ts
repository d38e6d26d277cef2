import type { Json } from '../../contract/define.ts'
import { isRecord, show } from '../../contract/place.ts'
import type { PactBody } from '../model.ts'
import { isBase64 } from './body.ts'
import { isJsonType, isTextType } from './content-type.ts'
import { parseJson } from './parse-json.ts'
import type { PactPlace } from './place.ts'

const attributes = ['content', 'contentType', 'contentTypeHint', 'encoded']

/** What a V4 body says beside its content. `type` is of the content: as stated here, or else by the headers. */
interface Wrapping {
  contentType: string | null
  type: string | null
  hint: string | null
}

/** A body as V4 writes it: content, its type and how it is encoded. `ofHeaders` is the type that the headers state. */
export function readV4Body(value: unknown, ofHeaders: string | null, place: PactPlace): PactBody {
  if (value === undefined) return { kind: 'absent' }
  if (value === null) return { kind: 'empty' }
  if (!isRecord(value) || !Object.keys(value).some((key) => attributes.includes(key) || key === 'contents'))
    return readBare(value as Json, place)
  const key = value['content'] === undefined && value['contents'] !== undefined ? 'contents' : 'content'
  place.noteUnread(value, [...attributes, key], 'a body')
  const content = value[key] as Json | undefined
  if (content === undefined) return { kind: 'absent' }
  if (content === null || content === '') return { kind: 'empty' }
  const contentType = textAt('contentType', value, place)
  const wrapping = { contentType, type: contentType ?? ofHeaders, hint: textAt('contentTypeHint', value, place) }
  const { encoded } = value
  if (encoded === undefined || encoded === null || encoded === false) return readPlain(content, wrapping)
  const encoding = typeof encoded === 'string' ? encoded.toLowerCase() : ''
  if (encoding === 'base64') return readBase64(content, wrapping, place.at(key))
  if (encoding === 'json') return readJson(content, wrapping, place.at(key))
  place.at('encoded').report(`${show(encoded)} names no encoding`, 'Known: "base64" and "JSON".')
  return { kind: 'absent' }
}

/** A payload where its wrapping should be. Taken for a missing body, it would let any answer pass. */
function readBare(value: Json, place: PactPlace): PactBody {
  if (isRecord(value) && Object.keys(value).length === 0) return { kind: 'absent' }
  place.note('is taken for the content itself: it has none of the attributes of a V4 body')
  if (value === '') return { kind: 'empty' }
  if (typeof value === 'string') return { kind: 'text', text: value, contentType: null }
  return { kind: 'json', value, contentType: null }
}

function readPlain(content: Json, { contentType, type }: Wrapping): PactBody {
  const isJson = typeof content !== 'string' || (type !== null && isJsonType(type))
  return isJson ? { kind: 'json', value: content, contentType } : { kind: 'text', text: content, contentType }
}

function readBase64(content: Json, { contentType, type, hint }: Wrapping, place: PactPlace): PactBody {
  const base64 = typeof content === 'string' ? content.replaceAll(/\s/g, '') : ''
  if (!isBase64(base64)) {
    place.report('is no base64')
    return { kind: 'absent' }
  }
  const isText = hint === 'TEXT' || (hint !== 'BINARY' && type !== null && isTextType(type))
  const text = isText ? textIn(base64) : undefined
  if (text === undefined) return { kind: 'binary', base64, contentType }
  const reading = hint !== 'TEXT' && type !== null && isJsonType(type) ? parseJson(text) : undefined
  return reading && 'value' in reading
    ? { kind: 'json', value: reading.value, contentType }
    : { kind: 'text', text, contentType }
}

/** JSON that was written as a text, so that nothing changes it. */
function readJson(content: Json, { contentType }: Wrapping, place: PactPlace): PactBody {
  if (typeof content !== 'string') return { kind: 'json', value: content, contentType }
  const reading = parseJson(content)
  if ('value' in reading) return { kind: 'json', value: reading.value, contentType }
  const { message, line, column } = reading.fault
  place.report(`is no JSON: ${message}, at line ${line}, column ${column} of this text`)
  return { kind: 'absent' }
}

function textIn(base64: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64')
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined
}

function textAt(key: string, body: Record<string, unknown>, place: PactPlace): string | null {
  const value = body[key]
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string') return value
  place.at(key).report('is no text')
  return null
}
