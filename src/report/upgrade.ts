import { BrownoutError, exitCodes } from '../core/errors.ts'
import { about } from './matters.ts'
import type { Report } from './report.ts'
import { reportSchema } from './schema.ts'

const newest = 2

/**
 * A stored report of any version as one of today. `file` is where it came from, for errors: `REPORT_TOO_NEW` for one of a
 * newer Brownout, `NO_REPORT` with all that is wrong for anything else.
 */
export function upgradeReport(json: unknown, file = 'report.json'): Report {
  const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown }
  const isReport = format === 'brownout-report'
  if (isReport && typeof version === 'number' && version > newest) {
    throw new BrownoutError(
      'REPORT_TOO_NEW',
      `Failed to read the report "${file}": a newer Brownout made it (version ${version}, known: 1 to ${newest}).`,
      { exitCode: exitCodes.usage, hint: 'npm install --save-dev brownout@latest' },
    )
  }
  const parsed = reportSchema.safeParse(isReport && version === 1 ? fromVersion1(json as Version1) : json)
  if (parsed.success) return parsed.data
  throw new BrownoutError('NO_REPORT', `Failed to read the report "${file}": it is no report of Brownout.`, {
    exitCode: exitCodes.usage,
    hint: 'Name the report.json of a run.',
    problems: parsed.error.issues.map(({ path, message }) => ({ file, path: path.map(String), message })),
  })
}

/** What version 2 added to and moved in; the rest is checked by the schema. */
interface Version1 {
  run?: object
  scenarios?: object[]
  decision?: { reasons?: unknown } | null
}

function fromVersion1(report: Version1): object {
  const { run, scenarios, decision } = report
  return {
    ...report,
    version: newest,
    run: run && { config: null, whole: false, ...run },
    scenarios: Array.isArray(scenarios)
      ? scenarios.map((scenario) => ({ startedAt: null, tookMs: null, endedBy: null, ...scenario }))
      : scenarios,
    coverage: { proven: 0, declared: 0, undeclared: 0, cells: [] },
    coverageOverTime: [],
    comparison: null,
    decision: decision && { waived: [], warnings: [], ...decision, reasons: mattersFrom(decision.reasons) },
  }
}

function mattersFrom(texts: unknown): unknown {
  return Array.isArray(texts) ? texts.map((text: unknown) => ({ ...about('unknown'), text })) : texts
}
