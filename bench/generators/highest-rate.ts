import type { PlayerLoad } from '../../src/load/driver/player.ts'
import type { SampleTable } from '../../src/load/sample.ts'
import { readSamples } from '../../src/load/samples-file.ts'
import { type Asked, orderFor } from '../load/order.ts'

/** Requests a second that are tried: each 8 % more than the one before. */
const ladder = Array.from({ length: 60 }, (_, step) => Math.round(250 * 1.08 ** step))
const tries = 2

/**
 * The highest rate at which every request was sent and answered well, 99 % of them at most so late; 0 when not even the lowest
 * was held. A rate is given up when it fails twice: a virtual machine stands still for 50 ms now and then, which is more than
 * 1 % of a short play.
 */
export async function highestRate(
  driver: PlayerLoad,
  asked: Omit<Asked, 'rate'>,
  lateLimitMs: number,
): Promise<number> {
  let [lowestFailed, highestHeld] = [ladder.length, -1]
  while (lowestFailed - highestHeld > 1) {
    const step = (lowestFailed + highestHeld) >> 1
    if (await holds(driver, { ...asked, rate: ladder[step] ?? 0 }, lateLimitMs)) highestHeld = step
    else lowestFailed = step
  }
  return ladder[highestHeld] ?? 0
}

async function holds(driver: PlayerLoad, asked: Asked, lateLimitMs: number): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const order = orderFor(asked)
    const played = await driver.play(order, () => undefined)
    const { due, lateP99 } = await played.done
    if (wellAnswered(readSamples(order.into.samples)) === due && lateP99 <= lateLimitMs) return true
  }
  return false
}

/** How many kept the normal half: one that timed out has ended, too. */
function wellAnswered(samples: SampleTable): number {
  let count = 0
  for (let index = 0; index < samples.length; index++) if ((samples.keeps(index) & 1) === 1) count++
  return count
}
