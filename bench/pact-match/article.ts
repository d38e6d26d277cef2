import { z } from 'zod'
import type { Matcher, Rule } from '../../src/pact/model.ts'
import { parsePath } from '../../src/pact/path.ts'

const comment = (id: number) => ({
  id,
  author: `reader ${id}`,
  text: 'Well said. I had not looked at it in that way before, and shall do so again.',
  at: '2026-11-21T10:00:00Z',
})

/** An article of about 1 kB, as JSON.parse makes it. */
export const article: unknown = JSON.parse(
  JSON.stringify({
    id: 4711,
    slug: 'on-contracts',
    title: 'On contracts',
    status: 'published',
    price: 12.5,
    tags: ['contracts', 'tests', 'chaos'],
    author: { id: 7, name: 'A. Writer', verified: true },
    comments: [1, 2, 3, 4, 5].map(comment),
  }),
)

export const example = JSON.parse(JSON.stringify(article))

function rule(path: string, ...matchers: Matcher[]): Rule {
  return { path: parsePath(path) ?? [], combine: 'AND', matchers }
}

const type: Matcher = { match: 'type' }

/** Ten rules, of the kinds that most pacts have. */
export const rules: readonly Rule[] = [
  rule('$.id', { match: 'integer' }),
  rule('$.slug', { match: 'regex', regex: '[a-z-]+' }),
  rule('$.title', type),
  rule('$.status', { match: 'regex', regex: 'draft|published' }),
  rule('$.price', { match: 'number' }),
  rule('$.tags', { match: 'type', min: 1 }),
  rule('$.author', type),
  rule('$.comments', { match: 'type', min: 1 }),
  rule('$.comments[*].id', { match: 'integer' }),
  rule('$.comments[*].at', { match: 'datetime', format: "yyyy-MM-dd'T'HH:mm:ssX" }),
]

/** The same demands of zod. */
export const schema = z.object({
  id: z.int(),
  slug: z.string().regex(/^[a-z-]+$/),
  title: z.string(),
  status: z.enum(['draft', 'published']),
  price: z.number(),
  tags: z.array(z.string()).min(1),
  author: z.object({ id: z.number(), name: z.string(), verified: z.boolean() }),
  comments: z.array(z.object({ id: z.int(), author: z.string(), text: z.string(), at: z.iso.datetime() })).min(1),
})
