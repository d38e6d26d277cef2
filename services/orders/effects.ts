import type { DatabaseSync } from 'node:sqlite'

/**
 * What has become of all orders so far: counts, and ages in milliseconds, 0 where there is nothing. Everything is read from
 * the store, so that it is as true after a crash as before.
 */
export function effectsOf(database: DatabaseSync) {
  const read = database.prepare(`
    SELECT
      (SELECT count(*) FROM orders) AS orders,
      (SELECT last FROM sequence) - (SELECT count(*) FROM orders) AS missingOrders,
      (SELECT count(*) FROM (SELECT 1 FROM orders GROUP BY key HAVING count(*) > 1)) AS keysWithSeveralOrders,
      (SELECT count(*) FROM orders WHERE number NOT IN (SELECT "order" FROM jobs)) AS ordersWithoutJob,
      (SELECT count(*) FROM (SELECT 1 FROM jobs GROUP BY "order" HAVING count(*) > 1)) AS ordersWithSeveralJobs,
      (SELECT count(*) FROM jobs WHERE done_at IS NULL AND leased_until <= :now) AS jobsWaiting,
      (SELECT count(*) FROM jobs WHERE done_at IS NULL AND leased_until > :now) AS jobsLeased,
      (SELECT count(*) FROM jobs WHERE done_at IS NOT NULL) AS jobsDone,
      (SELECT coalesce(sum(claims - 1), 0) FROM jobs WHERE claims > 1) AS jobsReclaimed,
      (SELECT count(*) FROM jobs WHERE completions > 1) AS jobsCompletedTwice,
      (SELECT coalesce(sum(refusals), 0) FROM jobs WHERE refusals > 0) AS completionsRefused,
      (SELECT coalesce(:now - min(placed_at), 0) FROM jobs WHERE done_at IS NULL) AS oldestOpenJobMs,
      (SELECT count(*) FROM jobs WHERE done_at IS NOT NULL AND image IS NULL) AS jobsWithoutImage,
      (SELECT coalesce(:now - min(done_at), 0) FROM jobs WHERE done_at IS NOT NULL AND image IS NULL) AS oldestWithoutImageMs,
      (SELECT count(*) FROM messages WHERE sent_at IS NULL) AS messagesWaiting,
      (SELECT coalesce(:now - min(placed_at), 0) FROM messages WHERE sent_at IS NULL) AS oldestMessageMs
  `)
  return () => ({ ...read.get({ now: Date.now() }) })
}
