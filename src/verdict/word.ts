import { type PromiseVerdict, type ScenarioVerdict, type Word, words } from './verdict.ts'

/** One plain word; where several troubles meet, the first of `words` is it. */
export function wordOf({
  doubts,
  promises,
  deaths,
  counts,
}: Pick<ScenarioVerdict, 'doubts' | 'promises' | 'deaths' | 'counts'>): Word {
  const broken = promises.filter(({ status }) => status === 'broken')
  if (doubts.length > 0) return 'inconclusive'
  if (broken.some(isRecovery)) return 'never recovered'
  if (broken.length > 0 || deaths.length > 0) return 'broken'
  if (counts.during.refused > 0) return 'refused cleanly'
  return counts.during.reduced > 0 ? 'degraded gracefully' : 'unaffected'
}

/** The word for several scenarios; nothing checked is nothing proven. */
export function worstWord(given: readonly Word[]): Word {
  return words.find((word) => given.includes(word)) ?? 'inconclusive'
}

function isRecovery({ promise }: PromiseVerdict): boolean {
  return promise.kind === 'recovers'
}
