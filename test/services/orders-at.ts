import { temporaryFolder } from '../temporary-folder.ts'
import { ask, post } from './answers.ts'
import { freePort, startService, use } from './processes.ts'

export interface Job {
  id: number
  order: number
  lease: string
}

export const image = { sha256: 'f'.repeat(64), width: 96, height: 72, bytes: 700 }

/** Orders until the end of the test, in a folder of its own, with nobody to tell, but for what `env` says. */
export async function startOrders(env: Record<string, string> = {}) {
  const data = env['DATA'] ?? use(await temporaryFolder()).path
  const nowhere = `http://127.0.0.1:${await freePort()}`
  const orders = use(await startService('orders', { NOTIFICATIONS_URL: nowhere, ...env, DATA: data }))
  return { ...orders, data, ...ordersAt(orders.url) }
}

/** What storefront and imaging do at orders. */
export function ordersAt(url: string) {
  return {
    order: (key: string, wish: unknown = { album: 1, copies: 1 }, init: RequestInit = {}) =>
      post(`${url}/orders`, wish, { ...init, headers: { 'idempotency-key': key } }),
    claim: async (): Promise<Job | null> => (await post(`${url}/jobs/claim`, { worker: 'a test' })).body.job,
    complete: ({ id, lease }: Job, what: unknown = image) =>
      post(`${url}/jobs/${id}/completion`, { lease, image: what }),
    addImage: ({ id, lease }: Job, what: unknown = image) => post(`${url}/jobs/${id}/image`, { lease, image: what }),
    effects: async () => (await ask(`${url}/effects`)).body,
    health: async () => (await ask(`${url}/healthz`)).body,
  }
}

/** `order` for each of `count` keys, all at once. */
export function times<Result>(count: number, work: (key: string) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => work(`key-${index}`)))
}
