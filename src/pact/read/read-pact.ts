import { isRecord, show } from '../../contract/place.ts'
import { messageOf, type Problem } from '../../core/errors.ts'
import type { Pact, PactInteraction } from '../model.ts'
import { noteTwins } from './note-twins.ts'
import { parseJson } from './parse-json.ts'
import { type PactPlace, topOf } from './place.ts'
import { kinds, readInteraction } from './read-interaction.ts'
import { noteMetadata, type PactVersion, readVersion } from './version.ts'

export interface PactReading {
  file: string
  version: PactVersion
  /** `null` when there are problems. */
  pact: Pact | null
  /** What is wrong. */
  problems: Problem[]
  /** What was not carried over or was taken for granted, and why: nothing is dropped without a word. */
  notes: Problem[]
}

/** Reads a pact of any version of the format, V1 to V4. Never throws: what is wrong is in `problems`. */
export function readPact(text: string | Uint8Array, file: string): PactReading {
  const { place, problems, notes } = topOf(file)
  const nothing: PactReading = { file, version: '2', pact: null, problems, notes }
  const decoded = typeof text === 'string' ? text : decode(text, place)
  if (decoded === undefined) return nothing
  const reading = parseJson(decoded.replace(/^\uFEFF/, ''))
  if ('fault' in reading) {
    const { message, line, column } = reading.fault
    problems.push({ file, line, path: [], message: `is no JSON: ${message} (column ${column})` })
    return nothing
  }
  for (const remark of reading.remarks) notes.push({ file, ...remark })
  if (!isRecord(reading.value)) {
    place.report(`${show(reading.value)} is no pact`)
    return nothing
  }
  const version = readVersion(reading.value['metadata'], place.at('metadata'))
  const pact = readWhole(reading.value, version, place)
  if (problems.length === 0 && pact.interactions.length === 0)
    place.report('it holds no interaction that can be read, so nothing would be checked')
  return { file, version, pact: problems.length === 0 ? pact : null, problems, notes }
}

function readWhole(written: Record<string, unknown>, version: PactVersion, place: PactPlace): Pact {
  noteMetadata(written['metadata'], place.at('metadata'))
  const lists = version === '4' ? ['interactions'] : ['interactions', 'messages']
  place.noteUnread(written, ['consumer', 'provider', 'metadata', ...lists], 'the model of a pact')
  const pact = {
    consumer: readName('consumer', written, place),
    provider: readName('provider', written, place),
    interactions: lists.flatMap((list) => readList(list, { list: written[list], version, place: place.at(list) })),
  }
  noteTwins(pact, place)
  return pact
}

function readList(
  name: string,
  { list, version, place }: { list: unknown; version: PactVersion; place: PactPlace },
): PactInteraction[] {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) {
    place.report('is no list')
    return []
  }
  return list.flatMap((value: unknown, index) => {
    const written = place.at(index).record(value, 'an interaction')
    if (!written) return []
    const kind = version === '4' ? kindOf(written['type'], place.at(index)) : name === 'messages' ? 'message' : 'http'
    return kind ? [readInteraction({ kind, written, index, version, place: place.at(index) })] : []
  })
}

function kindOf(type: unknown, place: PactPlace): PactInteraction['kind'] | undefined {
  if (typeof type === 'string' && Object.hasOwn(kinds, type)) return kinds[type as keyof typeof kinds]
  const known = `Known: ${Object.keys(kinds).join(', ')}.`
  return void place.note(
    `is left out: ${type === undefined ? 'it has no type' : `${show(type)} is no known type`}`,
    known,
  )
}

function readName(role: 'consumer' | 'provider', written: Record<string, unknown>, place: PactPlace): string {
  const value = written[role]
  const service = value === undefined ? {} : place.at(role).record(value, `the ${role}`)
  if (!service) return role
  place.at(role).noteUnread(service, ['name'], `a ${role}`)
  const { name } = service
  if (typeof name === 'string' && name !== '') return name
  if (name === undefined) place.note(`the ${role} has no name: "${role}" is taken for granted, as the reference does`)
  else place.at(role, 'name').report(`${show(name)} is no name`)
  return role
}

function decode(bytes: Uint8Array, place: PactPlace): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    return void place.report(`cannot be read as UTF-8: ${messageOf(error)}`)
  }
}
