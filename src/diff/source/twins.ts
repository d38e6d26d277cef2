import type { Problem } from '../../core/errors.ts'
import type { Version } from '../version.ts'

/** Interactions of one name that two files speak of: nobody could say which of them is meant. */
export function findTwins({ interactions, messages }: Version): Problem[] {
  const all = [...interactions.map(({ terms, source }) => ({ key: terms.key, source })), ...messages]
  return [...Map.groupBy(all, ({ key }) => key)].flatMap(([key, twins]) => {
    const files = [...new Set(twins.map(({ source }) => source.file))]
    const [first, ...others] = files
    if (first === undefined || others.length === 0) return []
    return [
      {
        file: first,
        path: [],
        message: `"${key}" is in ${others.join(' and in ')} too`,
        hint: 'Name one of the files.',
      },
    ]
  })
}
