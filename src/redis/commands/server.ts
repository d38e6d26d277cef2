import type { Session } from '../session.ts'
import { keyword } from './arguments.ts'
import type { Commands } from './command.ts'

/** The Redis whose replies the conformance test compares. */
export const redisVersion = '7.0.15'

export const serverCommands: Commands = {
  info: {
    arity: -1,
    run(session, ...wanted) {
      const names = wanted.map(keyword)
      const isWanted = (name: string) =>
        names.length === 0 || names.some((one) => [name.toUpperCase(), 'ALL', 'DEFAULT', 'EVERYTHING'].includes(one))
      return {
        text: Object.entries(sections(session))
          .filter(([name]) => isWanted(name))
          .map(([name, lines]) => [`# ${name}`, ...lines, ''].join('\r\n'))
          .join('\r\n'),
      }
    },
  },
  // Clients that ask which commands there are get by without an answer.
  command: { arity: -1, run: () => [] },
  time: {
    arity: 1,
    run({ shared }) {
      const now = shared.now()
      const seconds = Math.floor(now / 1_000)
      return [seconds, Math.floor((now - seconds * 1_000) * 1_000)].map((part) => Buffer.from(String(part)))
    },
  },
}

function sections({ shared }: Session): Record<string, string[]> {
  return {
    Server: [
      `redis_version:${redisVersion}`,
      'redis_mode:standalone',
      'executable:brownout stand-in',
      `process_id:${process.pid}`,
      `uptime_in_seconds:${Math.floor((shared.now() - shared.startedAt) / 1_000)}`,
    ],
    Clients: [`connected_clients:${shared.connections()}`],
    Persistence: ['loading:0'],
    Replication: ['role:master', 'connected_slaves:0'],
    Cluster: ['cluster_enabled:0'],
    Keyspace: shared.databases.flatMap((db, index) => {
      const { keys, expiring } = db.count()
      return keys > 0 ? [`db${index}:keys=${keys},expires=${expiring},avg_ttl=0`] : []
    }),
  }
}
