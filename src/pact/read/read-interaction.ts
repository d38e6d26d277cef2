import type { Json } from '../../contract/define.ts'
import { show } from '../../contract/place.ts'
import type { PactInteraction, PactMessage } from '../model.ts'
import type { PactPlace } from './place.ts'
import { readStates, stateKeys } from './provider-states.ts'
import { messageKeys, readMessage } from './read-message.ts'
import { readRequest } from './read-request.ts'
import { readResponse } from './read-response.ts'
import type { PactVersion } from './version.ts'

/** Kinds of interactions by the `type` that V4 gives them. */
export const kinds = {
  'Synchronous/HTTP': 'http',
  'Asynchronous/Messages': 'message',
  'Synchronous/Messages': 'synchronous message',
} as const satisfies Record<string, PactInteraction['kind']>

/** What is written of an interaction, and where. `index`: among those of the file. */
export interface WrittenInteraction {
  kind: PactInteraction['kind']
  written: Record<string, unknown>
  index: number
  version: PactVersion
  place: PactPlace
}

export function readInteraction({ kind, written, index, version, place }: WrittenInteraction): PactInteraction {
  const described = {
    description: readDescription(written['description'], index, place),
    states: readStates(written, place),
    pending: readPending(written['pending'], place.at('pending')),
    comments: readComments(written['comments'], place.at('comments')),
  }
  const note = (...read: string[]) =>
    place.noteUnread(
      written,
      ['description', ...stateKeys, 'pending', 'comments', ...(version === '4' ? ['type', 'key'] : []), ...read],
      'an interaction',
    )
  switch (kind) {
    case 'http':
      note('request', 'response')
      return {
        kind,
        ...described,
        request: readRequest(written['request'], version, place.at('request')),
        response: readResponse(written['response'], version, place.at('response')),
      }
    case 'message':
      note(...messageKeys(written))
      return { kind, ...described, message: readMessage(written, version, place) }
    case 'synchronous message': {
      note('request', 'response')
      const request = readPart(written['request'], version, place.at('request'))
      return {
        kind,
        ...described,
        request,
        responses: readResponses(written['response'], version, place.at('response')),
      }
    }
  }
}

function readResponses(value: unknown, version: PactVersion, place: PactPlace): PactMessage[] {
  if (Array.isArray(value)) return value.map((message, index) => readPart(message, version, place.at(index)))
  return [readPart(value, version, place)]
}

/** A message that has its attributes to itself. */
function readPart(value: unknown, version: PactVersion, place: PactPlace): PactMessage {
  const message = readMessage(value, version, place)
  const written = typeof value === 'object' && value !== null ? { ...value } : {}
  place.noteUnread(written, messageKeys(written), 'a message')
  return message
}

function readDescription(value: unknown, index: number, place: PactPlace): string {
  if (typeof value === 'string') return value
  const usual = `Interaction ${index}`
  if (value === undefined) place.note(`there is no description: "${usual}" is taken for granted, as the reference does`)
  else place.at('description').report(`${show(value)} is no description`)
  return usual
}

function readPending(value: unknown, place: PactPlace): boolean {
  if (typeof value === 'boolean') return value
  if (value !== undefined && value !== null) place.report(`${show(value)} is neither true nor false`)
  return false
}

function readComments(value: unknown, place: PactPlace): Record<string, Json> {
  if (value === undefined || value === null) return {}
  return (place.record(value, 'what holds comments') ?? {}) as Record<string, Json>
}
