import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { validateContracts } from '../../contract/validate.ts'
import { messageOf, type Problem } from '../../core/errors.ts'
import { withLines } from '../../core/place.ts'
import { versionOfContract } from '../contract/version.ts'
import type { Version } from '../version.ts'
import { findFiles, kindOfFile } from './find-files.ts'
import { type FileReading, loadContract } from './load-contract.ts'
import { loadPact } from './load-pact.ts'
import type { Side } from './side.ts'
import { findTwins } from './twins.ts'

export interface Place {
  /** A file or a folder. */
  path: string
  /** As the user named it. */
  name: string
  /** Paths are told from here on. */
  folder: string
  /** A path as messages name it. */
  shown: (file: string) => string
}

/** Reads every file, whatever is wrong with the others. */
export async function readFolder({ path, name, folder, shown }: Place): Promise<Side> {
  const files = findFiles(path)
  const readings = await Promise.all(
    files.map((file) => readFile(file, relative(folder, file) || file, files.length === 1)),
  )
  const contracts = readings.flatMap(({ contract }) => contract ?? [])
  const version = joined([...contracts.map(versionOfContract), ...readings.flatMap(({ pact }) => pact ?? [])])
  const wrong = readings.flatMap(({ problems }) => problems)
  const between = wrong.length > 0 ? [] : [...validateContracts(contracts), ...findTwins(version)]
  const isEmpty = wrong.length === 0 && version.interactions.length + version.messages.length === 0
  const nothing: Problem[] = isEmpty ? [{ path: [], message: `"${name}" holds no contract and no pact` }] : []
  const texts = new Map(files.map((file) => [relative(folder, file) || file, file]))
  const tell = (problems: readonly Problem[]) =>
    withLines(problems, (file) => textOf(texts.get(file))).map(({ file, ...problem }) =>
      file === undefined ? problem : { file: shown(file), ...problem },
    )
  return {
    name,
    version,
    problems: [...tell([...wrong, ...between]), ...nothing],
    notes: tell(readings.flatMap(({ notes }) => notes)),
  }
}

async function readFile(path: string, file: string, isNamed: boolean): Promise<FileReading> {
  const kind = kindOfFile(path)
  try {
    if (kind === 'contract') return await loadContract(path, file)
    if (kind === 'json') return loadPact(readFileSync(path), file, isNamed)
    return unread(file, 'is neither a contract (*.contract.ts) nor a pact (*.json)')
  } catch (error) {
    return unread(file, `does not load: ${messageOf(error)}`)
  }
}

function unread(file: string, message: string): FileReading {
  return { file, problems: [{ file, path: [], message }], notes: [] }
}

function joined(versions: readonly Version[]): Version {
  return {
    interactions: versions.flatMap(({ interactions }) => interactions),
    messages: versions.flatMap(({ messages }) => messages),
  }
}

function textOf(path: string | undefined): string | undefined {
  return path === undefined || !kindOfFile(path) ? undefined : readFileSync(path, 'utf8')
}
