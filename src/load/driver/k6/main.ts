import type { LoadOrder } from '../../workload.ts'
import { loadChecker } from '../../answers/checker.ts'
import { servePlays } from '../serve-plays.ts'
import type { K6Place } from './k6-process.ts'
import { K6Play } from './play.ts'

/** Plays by k6: one k6 process for each. */
servePlays<K6Place>((place) => async (order: LoadOrder, onTick) => {
  const checker = await loadChecker(order.contracts)
  return K6Play.open(order, place, checker, onTick)
})
