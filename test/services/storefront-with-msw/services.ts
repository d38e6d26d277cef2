import auth from '../../../contracts/storefront--auth.contract.ts'
import catalog from '../../../contracts/storefront--catalog.contract.ts'
import comments from '../../../contracts/storefront--comments.contract.ts'
import imaging from '../../../contracts/storefront--imaging.contract.ts'
import orders from '../../../contracts/storefront--orders.contract.ts'
import { mockService } from '../../../src/msw/api.ts'

/** All that the storefront asks, from its contracts. */
export function mockedServices() {
  return {
    auth: mockService(auth, { baseUrl: 'http://auth.test' }),
    catalog: mockService(catalog, { baseUrl: 'http://catalog.test' }),
    comments: mockService(comments, { baseUrl: 'http://comments.test' }),
    imaging: mockService(imaging, { baseUrl: 'http://imaging.test' }),
    orders: mockService(orders, { baseUrl: 'http://orders.test' }),
  }
}

export const serviceNames = ['auth', 'catalog', 'comments', 'imaging', 'orders'] as const
export type ServiceName = (typeof serviceNames)[number]

export const addresses = {
  AUTH_URL: 'http://auth.test',
  CATALOG_URL: 'http://catalog.test',
  COMMENTS_URL: 'http://comments.test',
  IMAGING_URLS: 'http://imaging.test',
  ORDERS_URL: 'http://orders.test',
}
