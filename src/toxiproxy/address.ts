import { lookup } from 'node:dns/promises'
import { isIP, isIPv6 } from 'node:net'

/** Where to listen or to dial. An empty host means every interface to a listener, localhost to a dialler. */
export interface Address {
  host: string
  port: number
}

/** `'127.0.0.1:6379'`, `'localhost:0'`, `'[::1]:80'`, `':80'`, `''`. Throws an error with the words Go has for it. */
export function parseAddress(text: string): Address {
  if (text === '') return { host: '', port: 0 }
  const { host, port } = split(text)
  if (!/^[+-]?\d*$/.test(port)) throw new Error(`lookup tcp/${port}: unknown port`)
  const number = Number(port)
  if (!(number >= 0 && number <= 65_535)) throw new Error(`address ${port}: invalid port`)
  return { host, port: number }
}

function split(text: string): { host: string; port: string } {
  const colon = text.lastIndexOf(':')
  if (colon === -1) throw new Error(`address ${text}: missing port in address`)
  const port = text.slice(colon + 1)
  if (!text.startsWith('[')) {
    if (text.indexOf(':') !== colon) throw new Error(`address ${text}: too many colons in address`)
    return { host: text.slice(0, colon), port }
  }
  const bracket = text.indexOf(']')
  if (bracket === -1) throw new Error(`address ${text}: missing ']' in address`)
  if (bracket + 1 !== colon) throw new Error(`address ${text}: missing port in address`)
  return { host: text.slice(1, bracket), port }
}

/** The address with its name looked up, IPv4 before IPv6 as in Go: `localhost:7070` → `127.0.0.1:7070`. */
export async function resolveAddress(text: string): Promise<Address> {
  const { host, port } = parseAddress(text)
  if (host === '' || isIP(host)) return { host, port }
  try {
    const { address } = await lookup(host, { order: 'ipv4first' })
    return { host: address, port }
  } catch {
    throw new Error(`lookup ${host}: no such host`)
  }
}

export function formatAddress({ host, port }: Address): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`
}
