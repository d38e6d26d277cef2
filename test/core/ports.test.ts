import { existsSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePorts, isPortFree } from '../../src/core/ports.ts'

/** A listener on a port of the kernel's choosing. */
async function listener() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

test('free ports are as many as asked for, all different, and in the window', async () => {
  const ports = await freePorts(40)
  expect(new Set(ports).size).toBe(40)
  expect(ports.filter((port) => port < 20_000 || port >= 30_000)).toEqual([])
  expect(await freePorts(0)).toEqual([])
})

test('ports that others were promised are left out', async () => {
  const first = await freePorts(20)
  const second = await freePorts(20, { taken: new Set(first) })
  expect(second.filter((port) => first.includes(port))).toEqual([])
})

test('a port someone listens on is not free, and is left out', async () => {
  await using held = await listener()
  expect(await isPortFree('127.0.0.1', held.port)).toBe(false)
  const narrow = { from: held.port, to: held.port + 1 }
  await expect(freePorts(1, narrow)).rejects.toMatchObject({ code: 'NO_FREE_PORTS', exitCode: 3 })
})

test('a port is free again when its listener has closed', async () => {
  const held = await listener()
  await held[Symbol.asyncDispose]()
  expect(await isPortFree('127.0.0.1', held.port)).toBe(true)
})

test('an address that is not of this machine is an error, not a taken port', async () => {
  await expect(isPortFree('192.0.2.1', 20_000)).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
})

test('the ephemeral range is kept out of where the window reaches into it', async () => {
  const file = '/proc/sys/net/ipv4/ip_local_port_range'
  const [low = 32_768] = existsSync(file) ? readFileSync(file, 'utf8').trim().split(/\s+/).map(Number) : []
  const ports = await freePorts(10, { from: low - 30, to: low + 3_000 })
  expect(ports.filter((port) => port >= low)).toEqual([])
})
