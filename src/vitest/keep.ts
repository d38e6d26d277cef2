import type { Answer } from '../contract/answer.ts'
import { compileContracts } from '../contract/compile.ts'
import { parseConditionKey } from '../contract/condition.ts'
import type { Contract } from '../contract/define.ts'
import { resolveStance } from '../contract/resolve.ts'
import type { InteractionTerms } from '../contract/terms.ts'
import { validateContract } from '../contract/validate.ts'
import { BrownoutError, exitCodes } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'

/** Whether an answer keeps a half, and in words what it kept or broke. */
export interface Kept {
  pass: boolean
  /** The half that was asked for: `normal: status 200, body`. */
  half: string
  /** What the half wanted and did not get. */
  issues: string[]
}

export interface KeepOptions<Condition extends string = string> {
  /** What is broken: `'comments: unavailable'`. The stance on it is demanded; the normal half where there is none. */
  under?: Condition
}

const compiled = new WeakMap<Contract, ReturnType<typeof compileContracts>>()

/** Holds an answer against one half of an interaction. Rejects names that the contract does not have. */
export function keep(answer: Answer, contract: Contract, interaction: string, { under }: KeepOptions = {}): Kept {
  const { terms, checker } = compiledOf(contract)
  const one = terms.interactions.find(({ name }) => name === interaction)
  const known = terms.interactions.map(({ name }) => name)
  if (!one) throw misnamed(`there is no interaction "${interaction}"`, suggestion(interaction, known))
  const bit = under === undefined ? 0 : bitUnder(one, under)
  const broken = checker.explain(one.id, answer).find((half) => half.bit === bit)
  return { pass: !broken, half: one.halves[bit] ?? '', issues: broken?.issues ?? [] }
}

function compiledOf(contract: Contract): ReturnType<typeof compileContracts> {
  const found = compiled.get(contract)
  if (found) return found
  const file = `${contract.consumer} → ${contract.provider}`
  const problems = validateContract(contract, file)
  if (problems.length > 0) {
    const options = { exitCode: exitCodes.usage, problems }
    throw new BrownoutError('CONTRACT_INVALID', `Failed to hold an answer against "${file}".`, options)
  }
  const made = compileContracts([{ file, contract }])
  compiled.set(contract, made)
  return made
}

function bitUnder(interaction: InteractionTerms, under: string): number {
  const key = parseConditionKey(under)
  if (!key || key.condition === '*')
    throw misnamed(`"${under}" is no condition`, `Write it as 'comments: unavailable' or 'auth → redis: slow'.`)
  const { consumer = '', dependency, condition } = key
  return resolveStance(interaction, { consumer, dependency, condition })?.bit ?? 0
}

function misnamed(why: string, hint: string): BrownoutError {
  return new BrownoutError('MISNAMED', `Failed to hold an answer against a contract: ${why}.`, {
    exitCode: exitCodes.usage,
    hint,
  })
}
