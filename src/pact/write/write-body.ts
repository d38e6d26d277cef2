import type { Json } from '../../contract/define.ts'
import type { PactBody } from '../model.ts'
import { isJsonType } from '../read/content-type.ts'
import { sorted } from './sorted.ts'

/**
 * A body as V4 has it; `undefined` when nothing is said of it. Content that a reader would take for something else is
 * encoded. `ofHeaders`: the type that the headers state. The hint is what the JSON Schema of V4 pacts asks for.
 */
export function writeBody(body: PactBody, ofHeaders: string | null): Json | undefined {
  if (body.kind === 'absent') return undefined
  const contentType = 'contentType' in body ? body.contentType : null
  const isJson = isJsonType(contentType ?? ofHeaders ?? '')
  const type = contentType === null ? {} : { contentType }
  switch (body.kind) {
    case 'empty':
      return { contentTypeHint: 'TEXT', encoded: false, content: '' }
    case 'binary':
      return { ...type, contentTypeHint: 'BINARY', encoded: 'base64', content: body.base64 }
    case 'text':
      return { ...type, contentTypeHint: 'TEXT', ...writeText(body.text, isJson) }
    case 'json':
      return { ...type, contentTypeHint: 'TEXT', ...writeJson(sorted(body.value), isJson) }
  }
}

function writeText(text: string, isJson: boolean): { encoded: false | 'base64'; content: string } {
  return isJson
    ? { encoded: 'base64', content: Buffer.from(text).toString('base64') }
    : { encoded: false, content: text }
}

function writeJson(value: Json, isJson: boolean): { encoded: false | 'JSON'; content: Json } {
  const isMistakable = value === null || value === '' || (typeof value === 'string' && !isJson)
  return isMistakable ? { encoded: 'JSON', content: JSON.stringify(value) } : { encoded: false, content: value }
}
