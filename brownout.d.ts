import type system from './brownout.config.ts'
import type browserStorefront from './contracts/browser--storefront.contract.ts'
import type imagingOrders from './contracts/imaging--orders.contract.ts'
import type ordersNotifications from './contracts/orders--notifications.contract.ts'
import type storefrontAuth from './contracts/storefront--auth.contract.ts'
import type storefrontCatalog from './contracts/storefront--catalog.contract.ts'
import type storefrontComments from './contracts/storefront--comments.contract.ts'
import type storefrontImaging from './contracts/storefront--imaging.contract.ts'
import type storefrontOrders from './contracts/storefront--orders.contract.ts'

/** Names that the editor knows: a misspelt one is red in contracts and scenarios. */
declare module 'brownout' {
  interface Register {
    system: typeof system
    contracts:
      | typeof browserStorefront
      | typeof imagingOrders
      | typeof ordersNotifications
      | typeof storefrontAuth
      | typeof storefrontCatalog
      | typeof storefrontComments
      | typeof storefrontImaging
      | typeof storefrontOrders
  }
}
