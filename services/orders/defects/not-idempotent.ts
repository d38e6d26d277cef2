import type { Orders, Place } from '../orders.ts'

/** Defect: whatever comes is a new order, though it came under the same key. */
export function notIdempotent(orders: Orders): Place {
  return (key, wish) => ({ order: orders.add(key, wish), known: false })
}
