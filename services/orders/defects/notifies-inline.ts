import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

/** Defect: the customer waits until notifications has confirmed the message, however long that takes. */
export function notifiesInline(database: DatabaseSync) {
  const waiting = database.prepare('SELECT 1 FROM messages WHERE sent_at IS NULL AND "order" = ?')
  return async (order: number): Promise<void> => {
    while (waiting.get(order)) await sleep(20)
  }
}
