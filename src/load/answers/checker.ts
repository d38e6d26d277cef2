import { pathToFileURL } from 'node:url'
import { compileContracts } from '../../contract/compile.ts'
import type { Contract } from '../../contract/define.ts'
import type { LoadOrder } from '../workload.ts'

export type Checker = ReturnType<typeof compileContracts>['checker']

/** Imports the contracts of an order and compiles them. Throws unless they are the very ones the order speaks of. */
export async function loadChecker({ files, hash }: LoadOrder['contracts']): Promise<Checker> {
  const contracts: { file: string; contract: Contract }[] = []
  for (const file of files) {
    const module = (await import(pathToFileURL(file).href)) as { default: Contract }
    contracts.push({ file, contract: module.default })
  }
  const { terms, checker } = compileContracts(contracts)
  if (terms.hash !== hash)
    throw new Error(`the contracts have changed: their hash is ${terms.hash}, and the run is for ${hash}`)
  return checker
}
