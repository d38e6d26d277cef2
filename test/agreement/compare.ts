import type { Report } from '../../src/report/report.ts'
import type { PromiseStatus, Word } from '../../src/verdict/verdict.ts'

interface Saying {
  scenario: string
  /** `the scenario`, or a promise: `during: share of full at least 99 %`. */
  about: string
  word: PromiseStatus | Word
}

/** Something on which two reports do not say the same. */
export interface Difference {
  scenario: string
  about: string
  /** What the first report says, and the second. */
  words: [Saying['word'] | 'absent', Saying['word'] | 'absent']
}

/** Where two reports differ in the word for a scenario or a promise, in the order of the first one. */
export function differences(first: Report, second: Report): Difference[] {
  const [ours, theirs] = [sayingsOf(first), sayingsOf(second)]
  return [...new Map([...ours, ...theirs])].flatMap(([key, { scenario, about }]): Difference[] => {
    const words: Difference['words'] = [ours.get(key)?.word ?? 'absent', theirs.get(key)?.word ?? 'absent']
    return words[0] === words[1] ? [] : [{ scenario, about, words }]
  })
}

/** Whether one side could not tell, and the other could: that is no disagreement, and may be asked once more. */
export function isDoubt({ words }: Difference): boolean {
  return !words.includes('absent') && (words.includes('undecided') || words.includes('inconclusive'))
}

/** How many promises a report gives a word for. */
export function countPromises({ scenarios }: Report): number {
  return scenarios.flatMap(({ promises }) => promises).length
}

/** By a key that no other has: a scenario that makes one promise twice has two sayings about it. */
function sayingsOf({ scenarios }: Report): Map<string, Saying> {
  const sayings = new Map<string, Saying>()
  const add = (saying: Saying, number = 1) => {
    const key = [saying.scenario, saying.about, number].join('\n')
    if (sayings.has(key)) add(saying, number + 1)
    else sayings.set(key, saying)
  }
  for (const { name: scenario, word, promises } of scenarios) {
    add({ scenario, about: 'the scenario', word })
    for (const { phase, text, status } of promises) add({ scenario, about: `${phase}: ${text}`, word: status })
  }
  return sayings
}
