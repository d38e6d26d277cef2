import type { Json } from '../../contract/define.ts'
import type { PactMessage } from '../model.ts'
import { readBody } from './body.ts'
import { typeInMetadata } from './content-type.ts'
import { readGenerators } from './generators.ts'
import type { PactPlace } from './place.ts'
import { readRules } from './rules.ts'
import { readV4Body } from './v4-body.ts'
import type { PactVersion } from './version.ts'

/** The attributes of a message. They may stand in an interaction, beside others. */
export function messageKeys(written: Record<string, unknown>): string[] {
  return ['contents', metadataKey(written), 'matchingRules', 'generators']
}

/** A message of a pact; what is wrong with it is reported to `place`, and something harmless put there instead. */
export function readMessage(value: unknown, version: PactVersion, place: PactPlace): PactMessage {
  const written = place.record(value, 'a message') ?? {}
  const key = metadataKey(written)
  const metadata = readMetadata(written[key], place.at(key))
  const contentType = typeInMetadata(metadata)
  const contents = written['contents']
  const rules = readRules(
    written['matchingRules'],
    {
      what: 'a message',
      has: ['body', 'metadata'],
      names: { metadata: new Map(Object.keys(metadata).map((name) => [name, 1])) },
    },
    place.at('matchingRules'),
  )
  return {
    contents:
      version === '4' ? readV4Body(contents, contentType, place.at('contents')) : readBody(contents, contentType),
    metadata,
    rules: { metadata: rules('metadata'), contents: rules('body') },
    generators: readGenerators(written['generators'], place.at('generators')),
  }
}

function metadataKey(written: Record<string, unknown>): string {
  return written['metadata'] === undefined ? 'metaData' : 'metadata'
}

function readMetadata(value: unknown, place: PactPlace): Record<string, Json> {
  if (value === undefined || value === null) return {}
  return (place.record(value, 'the metadata of a message') ?? {}) as Record<string, Json>
}
