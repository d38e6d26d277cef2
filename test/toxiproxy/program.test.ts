import { expect, onTestFinished, test } from 'vitest'
import { startProgram } from '../../src/core/start-program.ts'
import { startServer, tryDial } from './harness.ts'

const main = new URL('../../src/toxiproxy/main.ts', import.meta.url)

test('it runs as a program of its own, and ends with its runner', async () => {
  const program = await startProgram('toxiproxy', main, { host: '127.0.0.1', port: 0, seed: 1 })
  onTestFinished(async () => void (await program.stop()))
  const { host, port } = program.info as { host: string; port: number }
  expect(host).toBe('127.0.0.1')
  const version = await fetch(`http://${host}:${port}/version`)
  expect(await version.text()).toBe('{"version": "git"}\n')
  expect(await program.stop()).toEqual({ code: 0, signal: null })
  expect(await tryDial(port)).toBe('ECONNREFUSED')
})

test('a port in use is told', async () => {
  const { port } = await startServer(() => undefined)
  await expect(startProgram('toxiproxy', main, { host: '127.0.0.1', port, seed: 1 })).rejects.toThrow('EADDRINUSE')
})
