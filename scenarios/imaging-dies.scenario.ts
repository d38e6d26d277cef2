/**
 * There is more to print than usual, and one of the two machines that render dies in the middle of it. Its jobs wait until
 * their lease is over, then the other one takes them: none is lost, and none is accepted twice.
 */
import { defineScenario, eventually, get, kill, never, one, share, surge } from 'brownout'
import { z } from 'zod'

const order = 'browser → storefront / order an album'
const effects = get('orders', '/effects')

export default defineScenario({
  title: 'A killed machine loses no print job',
  load: {
    rate: 70,
    mix: {
      [order]: 3,
      'browser → storefront / upload a picture': 4,
      'browser → storefront / look at an album': 7,
    },
  },
  // Orders come faster than two machines render, so that both are in mid-job when one of them dies.
  faults: [surge(order, { rate: 60, for: '1500ms' }), kill(one('imaging'), { from: '1s' })],
  promises: {
    before: [share('full').atLeast(0.95)],
    during: [share('full').atLeast(0.95)],
    after: [
      eventually('a job of the dead is handed out again', effects, z.looseObject({ jobsReclaimed: z.number().min(1) })),
      eventually('no job is older than a second', effects, z.looseObject({ oldestOpenJobMs: z.number().max(1_000) })),
      never(
        'a job is done without its picture',
        effects,
        z.looseObject({ oldestWithoutImageMs: z.number().min(2_000) }),
      ),
      never('a job is done twice', effects, z.looseObject({ jobsCompletedTwice: z.number().min(1) })),
      // One machine may be late once; rendering everything again is something else.
      never('machines repeat their work', effects, z.looseObject({ completionsRefused: z.number().min(10) })),
    ],
  },
  phases: { before: '2s', during: '3500ms', after: '5s' },
})
