/** Writes the published schema anew from src/report/schema.ts: `npm run schema`. Schemas of older versions stay as they are. */
import { writeFileSync } from 'node:fs'
import { reportJsonSchema } from '../src/report/schema.ts'

writeFileSync(new URL('report.v2.schema.json', import.meta.url), `${JSON.stringify(reportJsonSchema(), null, 2)}\n`)
