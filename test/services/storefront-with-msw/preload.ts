import { messageOf } from '../../../src/core/errors.ts'
import { intercept, type MockService } from '../../../src/msw/api.ts'
import type { Order, Reply } from './storefront.ts'
import { mockedServices } from './services.ts'

// Runs in the storefront's process before the storefront does: what it sends never gets out.
const services = mockedServices()
await intercept(Object.values(services))

process.on('message', ({ id, service, ...order }: Order) => {
  const mocked: MockService = services[service]
  const reply = (rest: Omit<Reply, 'id'>) => process.send?.({ id, ...rest })
  try {
    if (order.do === 'next') mocked.next(order.interaction, order.instead)
    if (order.do === 'under') mocked.under(...order.conditions)
    if (order.do === 'reset') mocked.reset()
    reply({ requests: mocked.requests })
  } catch (error) {
    reply({ failed: messageOf(error) })
  }
})
