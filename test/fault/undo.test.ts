import { expect, test } from 'vitest'
import { BrownoutError } from '../../src/core/errors.ts'
import { undoOverToxiproxy } from '../../src/fault/undo.ts'
import { stubbornToxiproxy } from './fixtures.ts'

const proxy = { name: 'a-to-b', listen: '127.0.0.1:1', upstream: '127.0.0.1:2' }

const rows = [
  { what: 'a toxic that goes at once', toxic: 'slow', heals: ['DELETE toxic'], hangs: [], climbs: ['remove'] },
  { what: 'a disabled proxy that comes back', toxic: null, heals: ['enable'], hangs: [], climbs: ['remove'] },
  {
    what: 'a DELETE that hangs, healed by disabling',
    toxic: 'slow',
    heals: ['disable'],
    hangs: ['DELETE toxic'],
    climbs: ['remove', 'disable', 'recreate'],
  },
  {
    what: 'a removal that changes nothing',
    toxic: 'slow',
    heals: ['POST proxy'],
    hangs: [],
    climbs: ['remove', 'disable', 'recreate'],
  },
  {
    what: 'a PATCH that hangs',
    toxic: null,
    heals: ['POST proxy'],
    hangs: ['enable', 'disable'],
    climbs: ['remove', 'disable', 'recreate'],
  },
] as const

test.for(rows)('the ladder: $what', async ({ toxic, heals, hangs, climbs }) => {
  await using server = await stubbornToxiproxy({ toxic, heals, hangs })
  expect(await undoOverToxiproxy({ api: server.api, proxy, toxic }, { limitMs: 1_000 })).toEqual(climbs)
  expect(server.calls.at(-1)).toBe('GET proxy')
})

test('the last rung replaces the proxy server', async () => {
  await using server = await stubbornToxiproxy({ toxic: 'slow', heals: ['PUT proxy'] })
  const restart = async () => void (await fetch(`${server.api}/proxies/a-to-b`, { method: 'PUT' }))
  const climbed = await undoOverToxiproxy({ api: server.api, proxy, toxic: 'slow' }, { limitMs: 1_000, restart })
  expect(climbed).toEqual(['remove', 'disable', 'recreate', 'restart'])
})

test('what no rung undoes may remain: exit code 5, with every trouble named', async () => {
  await using server = await stubbornToxiproxy({ toxic: 'slow', heals: [], hangs: ['DELETE toxic'] })
  const error = await undoOverToxiproxy({ api: server.api, proxy, toxic: 'slow' }, { limitMs: 500 }).catch(
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(BrownoutError)
  expect((error as BrownoutError).exitCode).toBe(5)
  expect((error as BrownoutError).message).toMatch(/remove: .*disable: .*recreate: /)
})
