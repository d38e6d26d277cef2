import { expect, test } from 'vitest'
import imagingOrders from '../../contracts/imaging--orders.contract.ts'
import ordersNotifications from '../../contracts/orders--notifications.contract.ts'
import storefrontImaging from '../../contracts/storefront--imaging.contract.ts'
import storefrontOrders from '../../contracts/storefront--orders.contract.ts'
import { expectNormalHalves, keeps, normal } from './halves.ts'
import { startOrders } from './orders-at.ts'
import { eventually, startService, use } from './processes.ts'
import { openRelay } from './relay.ts'

/** The services that print and tell, with relays where they may lose each other. */
async function startPrinters() {
  const notifications = use(await openRelay(use(await startService('notifications')).port))
  const orders = await startOrders({ NOTIFICATIONS_URL: notifications.url })
  const jobs = use(await openRelay(orders.port))
  const imaging = use(await startService('imaging', { ORDERS_URL: jobs.url }))
  const url = { notifications: notifications.url, orders: orders.url, imaging: imaging.url }
  return { notifications, jobs, orders, url }
}

test('healthy services keep the normal half of every interaction, for every row', async () => {
  const { url } = await startPrinters()
  for (const contract of [storefrontOrders, storefrontImaging, imagingOrders, ordersNotifications])
    expect(await expectNormalHalves(url, contract)).toBeGreaterThan(1)
  const order = { contract: storefrontOrders, name: 'take an order', row: { key: 'k-1', album: 1, copies: 1 } }
  for (const _ of ['the first time', 'and again']) expect(await keeps(url, order)).toBe(normal)
})

test.for(['refuses', 'hangs'] as const)('orders is unaffected when notifications %s', async (how) => {
  const printers = await startPrinters()
  if (how === 'refuses') await printers.notifications.refuse()
  else printers.notifications.mode = 'silent'
  await expectNormalHalves(printers.url, storefrontOrders)
  await eventually(async () =>
    expect(await printers.orders.health()).toMatchObject({ dependencies: { notifications: 'down' } }),
  )
  await expectNormalHalves(printers.url, storefrontOrders)
  await expectNormalHalves(printers.url, imagingOrders)
})

test.for(['refuses', 'hangs'] as const)('pictures are unaffected when orders %s', async (how) => {
  const printers = await startPrinters()
  if (how === 'refuses') await printers.jobs.refuse()
  else printers.jobs.mode = 'silent'
  await expectNormalHalves(printers.url, storefrontImaging)
  await printers.orders.kill()
  await expectNormalHalves(printers.url, storefrontImaging)
})
