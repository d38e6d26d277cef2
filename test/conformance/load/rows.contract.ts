import { defineContract } from '../../../src/contract/define.ts'
import { rows } from './rows.ts'

/** One interaction for each row of the table. */
export default defineContract({
  consumer: 'client',
  provider: 'rough',
  interactions: Object.fromEntries(
    rows.map(({ name, interaction }) => [
      name,
      { request: { method: 'GET', path: '/' }, response: {}, ...interaction },
    ]),
  ),
})
