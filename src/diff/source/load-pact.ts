import { readPact } from '../../pact/read/read-pact.ts'
import { versionOfPact } from '../pact/version.ts'
import type { FileReading } from './load-contract.ts'

/** Reads a pact; `isNamed`: the user meant this very file, and not all that is in a folder. */
export function loadPact(bytes: Uint8Array, file: string, isNamed: boolean): FileReading {
  if (!isNamed && !looksLikePact(bytes))
    return { file, problems: [], notes: [{ file, path: [], message: 'is left out: it is no pact' }] }
  const { pact, problems, notes } = readPact(bytes, file)
  return pact === null ? { file, problems, notes } : { file, pact: versionOfPact(pact, file), problems, notes }
}

/** A folder of pacts may hold other JSON, too. One that is broken is rather told than passed over. */
function looksLikePact(bytes: Uint8Array): boolean {
  return /"(?:consumer|provider|interactions|messages)"/.test(Buffer.from(bytes).toString('utf8'))
}
