import { join } from 'node:path'
import { linesOf } from '../system/log-lines.ts'
import type { RunRecord } from './record.ts'

/** A line of a service's log that speaks of one request. */
export interface LogLine {
  instance: string
  text: string
}

/** What the services of a stored run logged about a request, service by service. */
export function logLinesOf(folder: string, record: RunRecord, requestId: string, limit = 20): LogLine[] {
  return record.system.instances
    .flatMap(({ id }) =>
      linesOf(join(folder, 'logs', `${id}.log`), requestId, limit).map((text) => ({ instance: id, text })),
    )
    .slice(0, limit)
}
