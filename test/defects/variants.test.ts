import { expect, test } from 'vitest'
import config from '../../brownout.config.ts'
import { brownout, reportOf } from '../cli/brownout.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { expectCaught } from './caught.ts'
import { playedOnBoth, playedOnEmbedded } from './defects.ts'

test('every defect is claimed by a scenario', () => {
  const claimed = new Set([...playedOnBoth, ...playedOnEmbedded].map(([variant]) => variant))
  expect([...claimed].toSorted()).toEqual(Object.keys(config.variants ?? {}).toSorted())
})

// Two at once: what is broken is broken on a busy machine too.
test.concurrent.for(playedOnEmbedded)('%s is caught by %s', { timeout: 120_000 }, async (defect) => {
  const [variant, scenario] = defect
  await using home = await temporaryFolder()
  const running = brownout(['gate', '--home', home.path, '--only', scenario, '--variant', variant, '--seed', '11'])
  const { code } = await running.exited
  expect(code, running.output()).toBe(1)
  expectCaught(defect, reportOf(home.path), running.output())
})
