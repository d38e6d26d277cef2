import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { exitCodes, messageOf, type Problem } from '../core/errors.ts'
import { brokenExamples } from '../pact/match/examples.ts'
import type { Pact } from '../pact/model.ts'
import { readPact } from '../pact/read/read-pact.ts'
import type { PactVersion } from '../pact/read/version.ts'
import { writePact } from '../pact/write/write-pact.ts'
import { printable } from '../report/printable.ts'
import { exitWith } from './exit.ts'
import type { ImportOptions } from './pact-import.ts'
import { renderImported } from './import-text.ts'
import { print } from './print.ts'
import { version } from './version.ts'

/** What became of one file. */
export interface Imported {
  /** As the user would name it from here. */
  file: string
  /** `null` when there are problems; the same for the names. */
  version: PactVersion | null
  consumer: string | null
  provider: string | null
  interactions: number
  messages: number
  /** Where it was written. */
  written: string | null
  notes: readonly Problem[]
  problems: readonly Problem[]
}

/** Reads every file, whatever is wrong with the others. Exits 2 when one has problems, or where no file was found. */
export function importPacts(paths: readonly string[], { output, json }: ImportOptions): Promise<void> {
  return exitWith(async () => {
    const found = paths.flatMap(filesAt)
    const files = [...new Map(found.map((one) => [realPath(one.file), one])).values()]
    const write = output === undefined ? undefined : writerTo(output, new Set(files.map(({ file }) => realPath(file))))
    const pacts = printable(
      files.map(({ file, problem }) => (problem ? failed(file, problem) : importFile(file, write))),
    )
    const exitCode = pacts.some(({ problems }) => problems.length > 0) ? exitCodes.usage : exitCodes.kept
    const head = { format: 'brownout-pact-import', version: 1, brownout: version }
    print(json ? `${JSON.stringify({ ...head, exitCode, pacts }, null, 2)}\n` : renderImported(pacts))
    return exitCode
  })
}

/** The files that a path means, or why it means none: where nothing is read, nothing is fine. */
function filesAt(path: string): { file: string; problem?: string }[] {
  try {
    if (!statSync(path).isDirectory()) return [{ file: path }]
    const names = readdirSync(path).filter((name) => name.endsWith('.json'))
    if (names.length === 0) return [{ file: path, problem: 'there is no .json file in this folder' }]
    return names.toSorted().map((name) => ({ file: join(path, name) }))
  } catch (error) {
    return [{ file: path, problem: messageOf(error) }]
  }
}

function importFile(file: string, write: Writer | undefined): Imported {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (error) {
    return failed(file, messageOf(error))
  }
  const { version: written, pact, notes, problems } = readPact(bytes, file)
  if (!pact) return { ...nothing(file), notes, problems }
  const messages = pact.interactions.filter(({ kind }) => kind !== 'http').length
  const { consumer, provider, interactions } = pact
  const read = {
    file,
    version: written,
    consumer,
    provider,
    interactions: interactions.length - messages,
    messages,
    notes: [...notes, ...brokenExamples(pact, file)],
  }
  if (!write) return { ...read, written: null, problems }
  const place = write(file, pact)
  if ('file' in place) return { ...read, written: place.file, problems }
  return { ...read, written: null, problems: [{ file, path: [], message: place.why }] }
}

type Writer = (source: string, pact: Pact) => { file: string } | { why: string }

/** Writes each pact under the name of its file, never over another one of them, nor over one of the `sources`. */
function writerTo(folder: string, sources: ReadonlySet<string>): Writer {
  const taken = new Map<string, string>()
  return (source, pact) => {
    const file = join(folder, basename(source))
    const shown = relative(process.cwd(), resolve(file))
    if (sources.has(realPath(file))) return { why: `is not written: ${shown} is among the files that are read` }
    const other = taken.get(file.toLowerCase())
    if (other !== undefined) return { why: `is not written: ${shown} is ${other} already` }
    taken.set(file.toLowerCase(), source)
    try {
      mkdirSync(folder, { recursive: true })
      writeFileSync(file, writePact(pact))
      return { file: shown }
    } catch (error) {
      return { why: `is not written: ${messageOf(error)}` }
    }
  }
}

/** The same for one file, whatever links lead to it. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path)
}

function failed(file: string, message: string): Imported {
  return { ...nothing(file), problems: [{ file, path: [], message }] }
}

function nothing(file: string): Imported {
  const unread = { version: null, consumer: null, provider: null, interactions: 0, messages: 0, written: null }
  return { file, ...unread, notes: [], problems: [] }
}
