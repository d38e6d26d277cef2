import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ContractFile } from '../contract/compile.ts'
import type { Contract } from '../contract/define.ts'
import { validateContract, validateContracts } from '../contract/validate.ts'
import { messageOf, type Problem } from '../core/errors.ts'
import { withLines } from '../core/place.ts'
import { createMock, emptyIn, type Mock } from '../mock/mock.ts'
import type { PactFile } from '../mock/stub.ts'
import { emitPacts } from '../pact/emit/emit-contracts.ts'
import { readPact } from '../pact/read/read-pact.ts'
import { invalid, sourceOf } from '../run/load-files.ts'

/** What could be read of the files, and what is wrong with them. */
interface Read {
  pacts: PactFile[]
  problems: Problem[]
  /** What of a pact was not carried over. */
  notes: Problem[]
}

const contractFile = /\.contract\.[mc]?[jt]s$/

/** Reads contracts and pacts as one mock. Rejects with all that is wrong with any of them. */
export async function readMock(paths: readonly string[]): Promise<{ mock: Mock; notes: Problem[] }> {
  const found = paths.map(filesAt)
  const files = [...new Set(found.flatMap((one) => one.files))]
  const pacts = files.filter((file) => !contractFile.test(file)).map(readPactFile)
  const contracts = await readContracts(files.filter((file) => contractFile.test(file)))
  const read = [contracts, ...pacts]
  const problems = [...found, ...read].flatMap((one) => one.problems)
  const sources = read.flatMap((one) => one.pacts)
  const { mock, problems: between } = createMock(sources)
  const all = [...problems, ...between]
  if (all.length > 0) throw invalid(all)
  return { mock, notes: [...read.flatMap(({ notes }) => notes), ...sources.flatMap(emptyIn)] }
}

/** The files that a path means, by their names from here. A folder that holds none is a mistake. */
function filesAt(path: string): { files: string[]; problems: Problem[] } {
  const nothing = (message: string) => ({ files: [], problems: [{ file: path, path: [], message }] })
  try {
    if (!statSync(path).isDirectory()) return { files: [fromHere(path)], problems: [] }
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => contractFile.test(name) || name.endsWith('.json'))
      .toSorted()
      .map((name) => fromHere(join(path, name)))
    if (files.length === 0) return nothing('this folder holds no contract (*.contract.ts) and no pact (*.json)')
    return { files, problems: [] }
  } catch (error) {
    return nothing(`cannot be read: ${messageOf(error)}`)
  }
}

function fromHere(path: string): string {
  return relative(process.cwd(), resolve(path))
}

function readPactFile(file: string): Read {
  try {
    const { pact, problems, notes } = readPact(readFileSync(file), file)
    return { pacts: pact ? [{ file, pact }] : [], problems, notes }
  } catch (error) {
    return { pacts: [], problems: [{ file, path: [], message: `cannot be read: ${messageOf(error)}` }], notes: [] }
  }
}

async function readContracts(files: readonly string[]): Promise<Read> {
  const loaded = await Promise.all(files.map(loadContract))
  const contracts = loaded.flatMap((one) => ('contract' in one ? [one] : []))
  const unread = loaded.flatMap((one) => ('message' in one ? [one] : []))
  const wrong = contracts.map(({ file, contract }) => validateContract(contract, file))
  const sound = contracts.filter((_, index) => wrong[index]?.length === 0)
  const emitted = emitPacts(sound, { whole: true })
  const problems = [...wrong.flat(), ...validateContracts(sound), ...emitted.flatMap((one) => one.problems)]
  return {
    pacts: emitted.map(({ pact }) => ({ file: sourcesOf(pact, sound), pact })),
    problems: [...unread, ...withLines(problems, sourceOf(process.cwd()))],
    notes: [],
  }
}

async function loadContract(file: string): Promise<ContractFile | Problem> {
  try {
    const module = (await import(pathToFileURL(resolve(file)).href)) as { default?: Contract }
    if (module.default?.kind === 'contract') return { file, contract: module.default }
    return { file, path: [], message: 'has no default export made by defineContract(…)' }
  } catch (error) {
    return { file, path: [], message: `does not load: ${messageOf(error)}` }
  }
}

/** The contracts of one pair of services. */
function sourcesOf({ consumer, provider }: PactFile['pact'], contracts: readonly ContractFile[]): string {
  const of = contracts.filter(({ contract }) => contract.consumer === consumer && contract.provider === provider)
  return of.map(({ file }) => file).join(', ')
}
