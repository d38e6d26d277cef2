import type { Probe } from './define.ts'

/** One running copy of a service. */
export interface Instance {
  /** `'auth'`, or `'storefront#1'` where there are several. */
  id: string
  service: string
  host: string
  port: number
  probe: Probe
}

/**
 * consumer → provider instance. The consumer is handed the address of `proxy`; behind it stands the tap, behind that the
 * provider: consumer → Toxiproxy (`proxy`) → tap (`tap`) → provider.
 */
export interface Edge {
  /** `'storefront → comments'`, or `'balancer → storefront#1'` where the provider has several instances. */
  id: string
  consumer: string
  provider: string
  instance: string
  proxy: Address
  tap: Address
  upstream: Address
}

export interface Address {
  host: string
  port: number
}

export function formatAddress({ host, port }: Address): string {
  return `${host}:${port}`
}

/** `'a → b'`; users may write `->`. */
export function edgeName(consumer: string, provider: string): string {
  return `${consumer} → ${provider}`
}

/** Reads `'a → b'`, `'a -> b'` or `'b'` (every edge into b). */
export function parseEdgeName(text: string): { consumer?: string; provider: string } {
  const [first = '', ...rest] = text.trim().split(/\s*(?:→|->)\s*/)
  return rest.length === 0 ? { provider: first } : { consumer: first, provider: rest.join(' → ') }
}

/**
 * The edges a user means by `'a → b'`, `'a -> b'`, `'b'` (every edge into b), or any of them with one instance of the
 * provider: `'a → b#1'`. None when there is no such edge.
 */
export function edgesNamed<One extends Pick<Edge, 'consumer' | 'provider' | 'instance'>>(
  edges: readonly One[],
  text: string,
): One[] {
  const { consumer, provider } = parseEdgeName(text)
  return edges.filter(
    (edge) =>
      (consumer === undefined || edge.consumer === consumer) &&
      (edge.provider === provider || edge.instance === provider),
  )
}
