import { createHash } from 'node:crypto'
import { ms } from '../core/duration.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { type Checker, createChecker } from './check.ts'
import type { Contract } from './define.ts'
import { canonicalJson, fingerprintHalf } from './fingerprint.ts'
import { halvesOf, maxDegradedHalves, withinMs } from './halves.ts'
import { interactionKey, type Terms } from './terms.ts'

export interface ContractFile {
  file: string
  contract: Contract
}

/**
 * Turns contracts that were found valid into what samples are made and judged by. Interactions are numbered by their
 * sorted keys, so the same contracts give the same ids, bits and `hash` in every process. The hash covers what a bit
 * demands, not what a verdict adds later (`within`, `recovers`, which stance a condition meets), and of a schema only what
 * can be seen from outside: see `fingerprint.ts`.
 */
export function compileContracts(contracts: readonly ContractFile[]): { terms: Terms; checker: Checker } {
  const compiled = contracts
    .flatMap(({ file, contract }) =>
      Object.entries(contract.interactions).map(([name, interaction]) => ({
        key: interactionKey(contract.consumer, contract.provider, name),
        file,
        contract,
        name,
        interaction,
        ...halvesOf(interaction, contract.otherwise),
      })),
    )
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))

  for (const [index, { key, file, demands }] of compiled.entries()) {
    const previous = compiled[index - 1]
    if (previous?.key === key) throw invalid(key, `it is defined in ${previous.file} and in ${file}`)
    if (demands.length > maxDegradedHalves + 1)
      throw invalid(key, `it has ${demands.length - 1} degraded halves, at most ${maxDegradedHalves} are possible`)
  }
  const meaning = compiled.map(({ key, demands }) => ({ key, halves: demands.map(fingerprintHalf) }))
  const terms: Terms = {
    hash: createHash('sha256').update(canonicalJson(meaning)).digest('hex').slice(0, 16),
    interactions: compiled.map(({ key, contract, name, interaction, texts, stances }, id) => ({
      id,
      key,
      consumer: contract.consumer,
      provider: contract.provider,
      name,
      given: interaction.given ?? null,
      withinMs: withinMs(interaction.response),
      recoversMs: interaction.recovers === undefined ? 0 : ms(interaction.recovers),
      halves: texts,
      stances,
    })),
  }
  return { terms, checker: createChecker(compiled) }
}

function invalid(key: string, why: string): BrownoutError {
  return new BrownoutError('CONTRACT_INVALID', `Failed to compile "${key}": ${why}.`, { exitCode: exitCodes.usage })
}
