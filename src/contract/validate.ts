import type { Problem } from '../core/errors.ts'
import type { ContractFile } from './compile.ts'
import type { Contract, InteractionDefinition } from './define.ts'
import { fillRequest, placeholders } from './fill.ts'
import { canonicalJson } from './fingerprint.ts'
import { isRecord, Place } from './place.ts'
import { interactionKey } from './terms.ts'
import { checkTells } from './validate-degraded.ts'
import { checkStance } from './validate-half.ts'
import { checkInteraction } from './validate-interaction.ts'
import { checkMessages, checkPactOptions } from './validate-messages.ts'

/** All that is wrong with the form of one contract. `contract` may be anything: it is what a file exports. */
export function validateContract(contract: Contract, file: string): Problem[] {
  const problems: Problem[] = []
  checkContract(new Place(file, problems), contract)
  return problems
}

/** What is wrong between contracts that are valid one by one; those that are not are left out. */
export function validateContracts(contracts: readonly ContractFile[]): Problem[] {
  const problems: Problem[] = []
  const byKey = new Map<string, string>()
  const byRequest = new Map<string, string>()
  for (const { file, contract } of contracts) {
    if (validateContract(contract, file).length > 0) continue
    for (const [name, interaction] of Object.entries(contract.interactions)) {
      const place = new Place(file, problems, ['interactions', name])
      const key = interactionKey(contract.consumer, contract.provider, name)
      const request = canonicalJson([contract.consumer, contract.provider, identityOf(interaction)])
      const [sameKey, sameRequest] = [byKey.get(key), byRequest.get(request)]
      if (sameKey !== undefined) place.report(`"${key}" is defined in ${sameKey} too`)
      else if (sameRequest !== undefined) {
        place.report(
          `has the request and the provider state of ${sameRequest}`,
          'Tell them apart by "given", or make one interaction of them: all stances share a request.',
        )
      }
      byKey.set(key, file)
      byRequest.set(request, `"${name}" in ${file}`)
    }
  }
  return problems
}

/** An interaction is known by its request, filled with its first example, and its provider state. */
function identityOf({ request, given, parameters, rows }: InteractionDefinition): unknown {
  const fromState = Object.fromEntries(placeholders(request).map((name) => [name, `{${name}}`]))
  return [given ?? null, fillRequest(request, { ...fromState, ...parameters, ...rows?.[0] })]
}

function checkContract(place: Place, contract: unknown): void {
  if (!isRecord(contract) || contract['kind'] !== 'contract') {
    place.report('the default export is no contract', 'Write: export default defineContract({ … })')
    return
  }
  place.record(
    contract,
    ['kind', 'consumer', 'provider', 'otherwise', 'interactions', 'messages', 'pact'],
    'a contract',
  )
  checkServiceName(place.at('consumer'), contract['consumer'], 'consumer')
  checkServiceName(place.at('provider'), contract['provider'], 'provider')
  const otherwise = contract['otherwise']
  const stance = otherwise === undefined ? undefined : checkStance(place.at('otherwise'), otherwise)
  if (stance) checkTells(place.at('otherwise'), stance)

  const interactions = place.at('interactions').record(contract['interactions'], null, 'interactions')
  const messages = contract['messages']
  if (interactions && messages === undefined && Object.keys(interactions).length === 0)
    place.at('interactions').report('there is no interaction, so nothing would be checked')
  if (messages !== undefined) checkMessages(place.at('messages'), messages)
  if (contract['pact'] !== undefined) checkPactOptions(place.at('pact'), contract['pact'])
  const { consumer, provider } = contract
  for (const [name, interaction] of Object.entries(interactions ?? {})) {
    const here = place.at('interactions', name)
    if (name.trim() !== name || name === '') here.report('the name of an interaction is text without outer blanks')
    checkInteraction(here, interaction, { consumer, provider, otherwise: stance })
  }
}

// The signs that keys are read by: `consumer → provider / name`, `edge: condition`.
function checkServiceName(place: Place, name: unknown, role: string): void {
  if (name === undefined) place.report(`the ${role} is missing`, `Name a service: ${role}: 'storefront'`)
  else if (typeof name !== 'string' || name === '') place.report(`the ${role} is no text`)
  else if (name.trim() !== name || /[→:/]|->/.test(name))
    place.report(`"${name}" is no name of a service`, 'A name has no outer blanks and none of → -> : /')
}
