import type { LoadOrder } from '../../workload.ts'
import { loadChecker } from '../../answers/checker.ts'
import { servePlays } from '../serve-plays.ts'
import { Play } from './play.ts'
import { rehearse } from './rehearse.ts'

/** The embedded load generator. */
servePlays<null>(() => {
  let isWarm = false
  return async (order: LoadOrder, onTick) => {
    const checker = await loadChecker(order.contracts)
    const play = await Play.open(order, checker, onTick)
    if (!isWarm) await rehearse(order, checker)
    isWarm = true
    return play
  }
})
