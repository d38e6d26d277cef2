import { describe, expect, test } from 'vitest'
import { undoOverToxiproxy } from '../../src/fault/undo.ts'
import {
  bandwidth,
  down,
  type Fault,
  latency,
  limitData,
  reset,
  slicer,
  slowClose,
  timeout,
} from '../../src/fault/vocabulary.ts'
import { dial, pause, type Peer } from '../toxiproxy/harness.ts'
import { openEdge } from './fault-edge.ts'
import { bothToxiproxies, type ToxiproxyName } from './toxiproxies.ts'

const text = 'x'.repeat(200)
const patienceMs = 400

/** What a pool sees on a connection that it has held since before the fault: one exchange during it, one after. */
interface Held {
  fault: Fault
  during: string
  after: string
  /** What the exchange during it takes at least, ms. */
  lateMs?: number
  /** What one that was made during the fault sees, where that is something else. */
  fresh?: string
  /** What the real one makes of the held connection instead. */
  real?: string
}

const held: Held[] = [
  { fault: down('echo'), during: 'end', after: 'end', fresh: 'ECONNREFUSED' },
  { fault: timeout('echo'), during: 'silence', after: 'end' },
  { fault: timeout('echo', { stream: 'upstream' }), during: 'silence', after: 'end' },
  { fault: timeout('echo', { after: '100ms' }), during: 'end', after: 'end' },
  // A connection can only be reset that was made to be: before the toxic, the real one can only close it.
  { fault: reset('echo'), during: 'ECONNRESET', after: 'ECONNRESET', fresh: 'ECONNRESET', real: 'end' },
  {
    fault: reset('echo', { after: '100ms' }),
    during: 'ECONNRESET',
    after: 'ECONNRESET',
    fresh: 'ECONNRESET',
    real: 'end',
  },
  { fault: latency('echo', '150ms'), during: 'answered', after: 'answered', lateMs: 149 },
  { fault: latency('echo', '10s'), during: 'silence', after: 'answered' },
  { fault: bandwidth('echo', 1), during: 'answered', after: 'answered', lateMs: 190 },
  { fault: slicer('echo', { size: 50, delay: '20ms' }), during: 'answered', after: 'answered', lateMs: 55 },
  { fault: limitData('echo', 100), during: '100 bytes, end', after: 'end' },
  { fault: limitData('echo', 0), during: 'end', after: 'end' },
  { fault: limitData('echo', 200), during: 'answered', after: 'end' },
  { fault: slowClose('echo', '1s'), during: 'answered', after: 'answered' },
]

/** `answered`, or how it ended and after how many bytes. */
async function answerOn(peer: Peer): Promise<string> {
  const got = await peer.ask(text)
  if (got === text) return 'answered'
  return `${got.length > 0 ? `${got.length} bytes, ` : ''}${await peer.over}`
}

/** The same, or `silence`. */
function inTime(answer: Promise<string>): Promise<string> {
  return Promise.race([answer, pause(patienceMs).then(() => 'silence')])
}

describe.each(bothToxiproxies())('%s', (server, start) => {
  const outcomeOn = (expected: string, { real }: Held) =>
    server === ('toxiproxy-server' satisfies ToxiproxyName) ? (real ?? expected) : expected

  test.for(held.map((row): [Fault, Held] => [row.fault, row]))(
    'a held connection, while there is %j and after',
    async ([fault, row]) => {
      const { edge, edges } = await openEdge('echo', start)
      const peer = await dial(edge.proxy.port)
      expect(await inTime(answerOn(peer))).toBe('answered')

      await edges.inject(fault, 'n.1', edge)
      const began = performance.now()
      const answer = answerOn(peer)
      expect(await inTime(answer)).toBe(outcomeOn(row.during, row))
      expect(performance.now() - began).toBeGreaterThanOrEqual(row.lateMs ?? 0)
      const fresh = await dial(edge.proxy.port).then(
        (another) => inTime(answerOn(another)),
        (error: NodeJS.ErrnoException) => error.code,
      )
      expect(fresh).toBe(row.fresh ?? row.during)

      expect(await undoOverToxiproxy(edges.undoOf(fault, 'n.1', edge), { limitMs: 1_000 })).toEqual(['remove'])
      // What was held back comes, or the connection ends: there is no silence after a fault.
      expect(await answer).toBe(row.during === 'silence' ? row.after : outcomeOn(row.during, row))
      expect(await inTime(answerOn(peer))).toBe(outcomeOn(row.after, row))
      expect(await inTime(answerOn(await dial(edge.proxy.port)))).toBe('answered')
    },
  )
})
