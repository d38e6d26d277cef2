import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSamples } from '../src/load/samples-file.ts'
import { judgeScenario } from '../src/verdict/judge.ts'
import { judgeNaively } from './judge/naive.ts'
import { scenarioOf, terms } from './judge/scenario.ts'
import { writeSamples } from './judge/write-samples.ts'
import type { Figures } from './report/figures.ts'

const millions = [0.1, 1, 10]
/** The size at which a peer is asked as well: ten million would take it 3 GB. */
const withPeer = 1

interface Measured {
  readMs: number
  /** The first time, as a report is made; and the best of three. */
  firstMs: number
  bestMs: number
  peakMB: number
  peer: { ms: number; peakMB: number } | null
}

/** Reads and judges stored runs of very many responses, each in a process of its own. */
export async function bench(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'brownout-bench-'))
  try {
    const measured = millions.map((size) => measureApart(join(folder, 'samples.bin'), size))
    const [, one, ten] = measured
    const perResponse = (each: Measured | undefined, size: number) => (each?.bestMs ?? 0) / size
    return {
      name: 'judge a stored run',
      figures: {
        ...Object.fromEntries(measured.flatMap((each, index) => figuresOf(each, millions[index] as number))),
        'judging a response, 10 M ÷ 1 M (target: near 1)': round(perResponse(ten, 10) / perResponse(one, 1)),
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function figuresOf(measured: Measured, size: number): [string, number][] {
  const { readMs, firstMs, bestMs, peakMB, peer } = measured
  const figures: [string, number][] = [
    [`${size} M: reading, CPU ns a response`, Math.round(readMs / size)],
    [`${size} M: judging, CPU ns a response`, Math.round(bestMs / size)],
    [`${size} M: judging for the first time, CPU s`, round(firstMs / 1_000)],
    [`${size} M: peak RSS, MB`, peakMB],
  ]
  if (peer)
    figures.push(
      [`${size} M: naive peer, CPU ns a response`, Math.round(peer.ms / size)],
      [`${size} M: naive peer, peak RSS, MB`, peer.peakMB],
      [`${size} M: times faster`, round(peer.ms / bestMs)],
    )
  return figures
}

/** What other sizes and other benches left in memory is none of this one's. */
function measureApart(file: string, size: number): Measured {
  writeSamples(file, size * 1e6)
  const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, file], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Measured
}

function measure(file: string): Measured {
  const read = timed(() => readSamples(file))
  const samples = read.result
  const scenario = scenarioOf(samples.length)
  const ours = [1, 2, 3].map(() => timed(() => judgeScenario(scenario, terms, samples, [])))
  // The most it ever was, read before the peer runs.
  const peakMB = peakRss()
  const peer = samples.length === withPeer * 1e6 ? timed(() => judgeNaively(samples)) : null
  const during = ours[0]?.result.counts.during
  const degraded = (during?.reduced ?? 0) + (during?.refused ?? 0)
  if (peer && degraded !== peer.result) throw new Error(`judged ${degraded} as degraded, the peer ${peer.result}`)
  return {
    readMs: read.ms,
    firstMs: ours[0]?.ms ?? 0,
    bestMs: Math.min(...ours.map(({ ms }) => ms)),
    peakMB,
    peer: peer && { ms: peer.ms, peakMB: peakRss() },
  }
}

/** CPU time, which does not hang on what else the machine is doing. */
function timed<Result>(work: () => Result): { ms: number; result: Result } {
  const start = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(start)
  return { ms: (user + system) / 1_000, result }
}

const peakRss = () => Math.round(process.resourceUsage().maxRSS / 1024)
const round = (value: number) => Number(value.toFixed(2))

if (process.argv[1] === import.meta.filename) process.stdout.write(JSON.stringify(measure(process.argv[2] as string)))
