import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { environment } from './environment.ts'

/**
 * The service's own SQLite file, in the folder `DATA`; in memory when there is none. What is committed outlives a SIGKILL
 * of the process. `schema` is run at every start: `CREATE TABLE IF NOT EXISTS …`.
 */
export function openDatabase(schema: string): DatabaseSync {
  const { data } = environment
  const database = new DatabaseSync(data ? join(data, 'store.sqlite') : ':memory:')
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  database.exec(schema)
  return database
}
