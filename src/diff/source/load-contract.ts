import { pathToFileURL } from 'node:url'
import type { ContractFile } from '../../contract/compile.ts'
import type { Contract } from '../../contract/define.ts'
import { validateContract } from '../../contract/validate.ts'
import type { Problem } from '../../core/errors.ts'
import type { Version } from '../version.ts'

/** What became of one file. */
export interface FileReading {
  file: string
  contract?: ContractFile
  pact?: Version
  problems: Problem[]
  notes: Problem[]
}

/** Loads a contract; `file` is what messages call it. Rejects when its module does not load. */
export async function loadContract(path: string, file: string): Promise<FileReading> {
  const module = (await import(pathToFileURL(path).href)) as { default?: Contract }
  const contract = module.default as Contract
  const problems = validateContract(contract, file)
  return problems.length > 0
    ? { file, problems, notes: [] }
    : { file, contract: { file, contract }, problems, notes: [] }
}
