import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reportJsonSchema } from '../../src/report/schema.ts'

test('the published schema is the one of the sources (npm run schema)', () => {
  const published = readFileSync(new URL('../../schema/report.v2.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())))
})
