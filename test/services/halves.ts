import { expect } from 'vitest'
import config from '../../brownout.config.ts'
import browserStorefront from '../../contracts/browser--storefront.contract.ts'
import imagingOrders from '../../contracts/imaging--orders.contract.ts'
import ordersNotifications from '../../contracts/orders--notifications.contract.ts'
import storefrontAuth from '../../contracts/storefront--auth.contract.ts'
import storefrontCatalog from '../../contracts/storefront--catalog.contract.ts'
import storefrontComments from '../../contracts/storefront--comments.contract.ts'
import storefrontImaging from '../../contracts/storefront--imaging.contract.ts'
import storefrontOrders from '../../contracts/storefront--orders.contract.ts'
import { compileContracts } from '../../src/contract/compile.ts'
import type { Contract, Row } from '../../src/contract/define.ts'
import { fillRequest } from '../../src/contract/fill.ts'
import { eventually } from './processes.ts'

export const contracts: readonly Contract[] = [
  browserStorefront,
  imagingOrders,
  ordersNotifications,
  storefrontAuth,
  storefrontCatalog,
  storefrontComments,
  storefrontImaging,
  storefrontOrders,
]
const files = contracts.map((contract) => ({ file: `${contract.consumer}--${contract.provider}`, contract }))
const { terms, checker } = compileContracts(files)

/** What an answer keeps that keeps the normal half alone. */
export const normal = 1

/** Where each service is. */
type Urls = Readonly<Record<string, string>>

interface Asked {
  contract: Contract
  name: string
  row: Row
}

/** Sends an interaction as the load would, and names the halves that the answer keeps. */
export async function keeps(urls: Urls, { contract, name, row }: Asked): Promise<number> {
  const interaction = contract.interactions[name]
  if (!interaction) throw new Error(`there is no "${name}"`)
  const { method, path, headers, body } = fillRequest(interaction.request, { ...interaction.parameters, ...row })
  const base = urls[contract.provider] ?? ''
  const response = await fetch(base + path, { method, headers, body, signal: AbortSignal.timeout(10_000) })
  const answer = { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  return checker.keeps(termsOf(contract, name).id, answer)
}

/** The rows of an interaction, with what its provider state yields. */
export async function rowsOf(urls: Urls, contract: Contract, name: string): Promise<readonly Row[]> {
  const { given, rows } = contract.interactions[name] ?? {}
  if (given === undefined) return rows ?? [{}]
  const entered = await config.states?.[given]?.({ url: (service) => urls[service] ?? '' })
  const values: readonly Row[] = Array.isArray(entered) ? entered : [(entered as Row | undefined) ?? {}]
  return rows?.map((row, index) => ({ ...values[index], ...row })) ?? values
}

/** Sends every interaction of a contract with every row; resolves with how many. */
export async function expectNormalHalves(urls: Urls, contract: Contract): Promise<number> {
  let asked = 0
  for (const name of Object.keys(contract.interactions)) {
    for (const row of await rowsOf(urls, contract, name)) {
      // On a machine under load a service may be slow; in the end it keeps its promise.
      await eventually(async () => expect(await keeps(urls, { contract, name, row }), name).toBe(normal))
      asked++
    }
  }
  return asked
}

/** What an answer keeps that keeps one degraded half alone. */
export function onlyThe(line: string, contract: Contract, name: string): number {
  const stance = termsOf(contract, name).stances.find(({ text }) => text === line)
  if (typeof stance?.bit !== 'number') throw new Error(`"${name}" has no half for "${line}"`)
  return 1 << stance.bit
}

function termsOf({ provider }: Contract, name: string) {
  const found = terms.interactions.find((each) => each.provider === provider && each.name === name)
  if (!found) throw new Error(`there is no "${name}"`)
  return found
}
