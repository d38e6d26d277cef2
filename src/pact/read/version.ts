import { isRecord, show } from '../../contract/place.ts'
import type { PactPlace } from './place.ts'

/** A version of the Pact specification. */
export type PactVersion = '1' | '1.1' | '2' | '3' | '4'

const keys = ['pactSpecification', 'pact-specification', 'pactSpecificationVersion']

/** The version that stands in a pact's `metadata`, in any of its three spellings; V2 where none stands. */
export function readVersion(metadata: unknown, place: PactPlace): PactVersion {
  for (const key of isRecord(metadata) ? keys : []) {
    const said = isRecord(metadata) ? metadata[key] : undefined
    const version = isRecord(said) ? said['version'] : said
    if (version === undefined || version === null) continue
    const known = versionOf(version)
    if (known) return known
    place.at(key).report(`${show(version)} is no known version of the Pact specification`, 'Known: 1, 1.1, 2, 3 and 4.')
    return '2'
  }
  return '2'
}

/** Notes what else stands in `metadata`: who wrote the file, mostly. Our own writing leaves nothing else there. */
export function noteMetadata(metadata: unknown, place: PactPlace): void {
  if (metadata === undefined || metadata === null) return
  const record = place.record(metadata, 'the metadata')
  for (const key of Object.keys(record ?? {})) {
    if (![...keys, 'brownout'].includes(key))
      place.at(key).note('is not carried over: it tells how the file came about, not what is agreed')
  }
}

function versionOf(version: unknown): PactVersion | undefined {
  if (typeof version !== 'string' && typeof version !== 'number') return undefined
  const [, major, minor] = /^\s*v?(\d+)(?:\.(\d+))?/i.exec(String(version)) ?? []
  if (major === '1') return minor === '1' ? '1.1' : '1'
  return major === '2' || major === '3' || major === '4' ? major : undefined
}
