import { describe, expect, test } from 'vitest'
import { readLedger } from '../../src/fault/ledger.ts'
import { down, flapping, kill, latency, reset, timeout } from '../../src/fault/vocabulary.ts'
import { injectAll, recordsOf, workshopOn } from '../fault/workshop.ts'
import { bothToxiproxies } from './toxiproxies.ts'

describe.each(bothToxiproxies())('%s', (_server, start) => {
  test('a fault on an edge is written down, felt, given back and verified, once', async () => {
    const { hold, look, ledger } = await workshopOn(start, 'back')
    const held = hold(down('back'))
    await injectAll(held)
    expect(readLedger(ledger.file).faults).toMatchObject([{ id: 'n.1', text: 'down(back)', undo: [{ toxic: null }] }])
    expect(await look('back')).toBe('refused')
    for (const fault of held.all) await fault.sendCanaries('during')

    await Promise.all([held.undoAll({ systemEnds: false }), held.undoAll({ systemEnds: false })])
    await held.undoAll({ systemEnds: false })
    expect(await look('back')).toBe('answered')
    const [record] = recordsOf(held)
    expect(record?.canary.map(({ when, outcome }) => `${when} ${outcome}`)).toEqual([
      'before answered',
      'during refused',
      'after answered',
    ])
    const times = [record?.asked, record?.inForce, record?.undoAsked, record?.undone, record?.verified].map(Number)
    expect(times.toSorted((a, b) => a - b)).toEqual(times)
    expect(readLedger(ledger.file).faults).toEqual([])
  })

  test('two faults on one edge: the one that goes first leaves the other, and is verified when that is gone', async () => {
    const { hold, look, toxiproxy } = await workshopOn(start, 'back')
    const held = hold(timeout('back'), down('back'))
    await injectAll(held)
    const [black, refused] = held.all
    await black?.letGo()
    await held.verify()
    expect(await look('back')).toBe('refused')
    expect(await toxiproxy.ok('GET', '/proxies/client-to-back')).toMatchObject({ enabled: false, toxics: [] })
    expect([black?.record.ladder, black?.record.trouble, black?.record.verified]).toEqual([['remove'], null, null])

    await refused?.letGo()
    await held.verify()
    expect(recordsOf(held).every(({ verified, trouble }) => verified !== null && trouble === null)).toBe(true)
  })

  test('a reset that waits while it is given back needs no second rung', async () => {
    const { hold, look } = await workshopOn(start, 'back')
    const held = hold(reset('back', { after: '2500ms' }))
    await injectAll(held)
    const looking = look('back')
    await new Promise((resolve) => setTimeout(resolve, 200))
    await held.undoAll({ systemEnds: false })
    await looking
    expect(recordsOf(held)).toMatchObject([{ ladder: ['remove'], trouble: null }])
    expect(recordsOf(held)[0]?.verified).not.toBeNull()
  })

  test('what last took hold lets go first; instances are started at once, and awaited in the end', async () => {
    const { hold, log } = await workshopOn(start, 'back', 'front')
    const held = hold(down('front'), kill('back'), latency('front', '20ms'))
    await injectAll(held)
    log.length = 0
    await held.undoAll({ systemEnds: false })
    const [refused, killed, slow] = recordsOf(held)
    expect(log).toEqual(['back is ready'])
    expect(Number(slow?.undone)).toBeLessThanOrEqual(Number(killed?.undoAsked))
    // The port was open again before the instance, which may have needed it, was back.
    expect(Number(refused?.undone)).toBeLessThan(Number(killed?.undone))
    expect(recordsOf(held).every(({ verified }) => verified !== null)).toBe(true)
  })

  test('flapping is refused and let through in turn, and let through in the end', async () => {
    const { hold, look, toxiproxy } = await workshopOn(start, 'back')
    const held = hold(flapping('back', { down: '100ms', up: '100ms' }))
    await injectAll(held)
    const [record] = recordsOf(held)
    const texts = () => record?.steps.map(({ text }) => text) ?? []
    for (const outcome of ['refused', 'answered', 'refused', 'answered'])
      await expect.poll(() => look('back'), { timeout: 10_000, interval: 5 }).toBe(outcome)
    await held.undoAll({ systemEnds: false })
    const seen = texts()
    expect(seen.length).toBeGreaterThanOrEqual(4)
    expect(seen.filter((_, index) => index % 2 === 0).every((text) => text === 'refused')).toBe(true)
    expect(seen.filter((_, index) => index % 2 === 1).every((text) => text === 'let through')).toBe(true)
    expect(await toxiproxy.ok('GET', '/proxies/client-to-back')).toMatchObject({ enabled: true })
    expect(await look('back')).toBe('answered')
    // Longer than it would take to its next step.
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(texts()).toEqual(seen)
  })
})
