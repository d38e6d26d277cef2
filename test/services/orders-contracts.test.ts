import { expect, test } from 'vitest'
import config from '../../brownout.config.ts'
import imagingOrders from '../../contracts/imaging--orders.contract.ts'
import ordersNotifications from '../../contracts/orders--notifications.contract.ts'
import storefrontImaging from '../../contracts/storefront--imaging.contract.ts'
import storefrontOrders from '../../contracts/storefront--orders.contract.ts'
import { compileContracts } from '../../src/contract/compile.ts'
import type { Contract, Row } from '../../src/contract/define.ts'
import { fillRequest } from '../../src/contract/fill.ts'
import { startOrders } from './orders-at.ts'
import { eventually, startService, use } from './processes.ts'
import { openRelay } from './relay.ts'

const contracts = { storefrontOrders, storefrontImaging, imagingOrders, ordersNotifications }
const { terms, checker } = compileContracts(Object.entries(contracts).map(([file, contract]) => ({ file, contract })))
const normal = 1

/** The services that print and tell, with relays where they may lose each other. */
async function startPrinters() {
  const notifications = use(await openRelay(use(await startService('notifications')).port))
  const orders = await startOrders({ NOTIFICATIONS_URL: notifications.url })
  const jobs = use(await openRelay(orders.port))
  const imaging = use(await startService('imaging', { ORDERS_URL: jobs.url }))
  const url: Record<string, string> = { notifications: notifications.url, orders: orders.url, imaging: imaging.url }
  return { notifications, jobs, orders, url }
}

type Printers = Awaited<ReturnType<typeof startPrinters>>

/** Sends every interaction of a contract with every row, as the load would; resolves with how many. */
async function expectNormalHalves({ url }: Printers, contract: Contract): Promise<number> {
  let asked = 0
  for (const [name, { request, given, parameters, rows }] of Object.entries(contract.interactions)) {
    const yielded = given === undefined ? [{}] : await config.states?.[given]?.({ url: () => '' })
    for (const row of rows ?? [{}])
      for (const values of (yielded as Row[]).slice(0, 2))
        for (const _ of ['the first time', 'and again']) {
          const filled = fillRequest(request, { ...parameters, ...row, ...values })
          // On a machine under load a service may be slow; in the end it keeps its promise.
          await eventually(async () => expect(await keeps(url, contract, name, filled)).toBe(normal))
          asked++
        }
  }
  return asked
}

async function keeps(
  url: Printers['url'],
  { provider }: Contract,
  name: string,
  { method, path, headers, body }: ReturnType<typeof fillRequest>,
) {
  const response = await fetch(`${url[provider]}${path}`, { method, headers, body })
  const answer = { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  const found = terms.interactions.find((each) => each.provider === provider && each.name === name)
  return checker.keeps(found?.id ?? -1, answer)
}

test('healthy services keep the normal half of every interaction, for every row', async () => {
  const printers = await startPrinters()
  expect(await expectNormalHalves(printers, storefrontOrders)).toBe(2 * 2 * 2)
  expect(await expectNormalHalves(printers, storefrontImaging)).toBe(2 * 2)
  expect(await expectNormalHalves(printers, imagingOrders)).toBe(2 * 2)
  expect(await expectNormalHalves(printers, ordersNotifications)).toBe(3 * 2)
})

test.for(['refuses', 'hangs'] as const)('orders is unaffected when notifications %s', async (how) => {
  const printers = await startPrinters()
  if (how === 'refuses') await printers.notifications.refuse()
  else printers.notifications.mode = 'silent'
  await expectNormalHalves(printers, storefrontOrders)
  await eventually(async () =>
    expect(await printers.orders.health()).toMatchObject({ dependencies: { notifications: 'down' } }),
  )
  await expectNormalHalves(printers, storefrontOrders)
  await expectNormalHalves(printers, imagingOrders)
})

test.for(['refuses', 'hangs'] as const)('pictures are unaffected when orders %s', async (how) => {
  const printers = await startPrinters()
  if (how === 'refuses') await printers.jobs.refuse()
  else printers.jobs.mode = 'silent'
  await expectNormalHalves(printers, storefrontImaging)
  await printers.orders.kill()
  await expectNormalHalves(printers, storefrontImaging)
})
