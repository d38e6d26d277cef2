import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveStance } from '../../src/contract/resolve.ts'
import type { Terms } from '../../src/contract/terms.ts'
import type { FaultRecord } from '../../src/fault/record.ts'
import { type Fault, kill, latency, pause, restart } from '../../src/fault/vocabulary.ts'
import type { Sample } from '../../src/load/sample.ts'
import { phases } from '../../src/scenario/define.ts'
import { classify, classOfCode, codesOfPhase } from '../../src/verdict/classify.ts'
import {
  faultOf,
  feltOn,
  interaction,
  less,
  loadOf,
  mayBeReduced,
  no,
  normal,
  scenarioOf,
  stance,
  tableOf,
  termsOf,
  times,
} from './scenes.ts'

const slow = latency('redis', '300ms')

/** The class of one response, in words: `during broken`, `left out (before)`. */
function classOf(sample: Partial<Sample>, terms: Terms = mayBeReduced, faults: FaultRecord[] = [faultOf()]): string {
  const { codes, counts } = classify(scenarioOf({ faults }), terms, tableOf(sample))
  const code = codes[0] as number
  const name = classOfCode(code)
  const phase = phases.find((each) => (name === null ? counts[each].leftOut === 1 : counts[each][name] === 1)) as string
  return name === null ? `left out (${phase})` : `${phase} ${name}`
}

describe('phases', () => {
  test.each<[string, Partial<Sample>, string]>([
    ['ended before it was asked for', { sentAt: 9_900, took: 99 }, 'before full'],
    ['still under way when it was asked for', { sentAt: 9_900, took: 100 }, 'left out (before)'],
    ['sent while it came', { sentAt: 10_050 }, 'left out (during)'],
    ['sent at the moment it was in force', { sentAt: 10_100 }, 'left out (during)'],
    ['sent when it was in force', { sentAt: 10_101 }, 'during full'],
    ['ended before it was asked to go', { sentAt: 19_900, took: 99 }, 'during full'],
    ['still under way when it was asked to go', { sentAt: 19_900, took: 100 }, 'left out (during)'],
    ['sent while it went', { sentAt: 20_050 }, 'left out (after)'],
    ['sent when it was gone', { sentAt: 20_101 }, 'after full'],
    ['under way through all of it', { sentAt: 9_000, took: 12_000 }, 'left out (before)'],
  ])('%s', (_, sample, expected) => expect(classOf(sample)).toBe(expected))

  test('without a fault, or with one that was never asked for, all is before', () => {
    const never = faultOf(undefined, { asked: null, inForce: null, undoAsked: null, undone: null })
    expect(classOf({ sentAt: 15_000 }, mayBeReduced, [])).toBe('before full')
    expect(classOf({ sentAt: 15_000 }, mayBeReduced, [never])).toBe('before full')
    expect(classOf({ sentAt: 15_000, keeps: less }, mayBeReduced, [never])).toBe('before broken')
  })

  test('a fault that was asked for and never seen in force is a change that lasts until it is undone', () => {
    const stuck = faultOf(undefined, { inForce: null })
    expect(classOf({ sentAt: 15_000, keeps: less }, mayBeReduced, [stuck])).toBe('left out (during)')
    expect(classOf({ sentAt: 25_000 }, mayBeReduced, [stuck])).toBe('after full')
  })

  test('a fault that was never undone is in force to the end', () => {
    const left = faultOf(undefined, { undoAsked: null, undone: null })
    expect(classOf({ sentAt: 29_000, keeps: less }, mayBeReduced, [left])).toBe('during reduced')
    const stuck = faultOf(undefined, { undone: null })
    expect(classOf({ sentAt: 29_000, keeps: less }, mayBeReduced, [stuck])).toBe('left out (after)')
  })

  test('of several faults: from the first that is asked for to the last that is undone, less every change', () => {
    const second = faultOf(slow, { asked: 12_000, inForce: 12_500, undoAsked: 18_000, undone: 18_500 })
    const both = (sentAt: number) => classOf({ sentAt }, mayBeReduced, [faultOf(), second])
    expect(both(9_900)).toBe('before full')
    expect(both(11_000)).toBe('during full')
    expect(both(12_200)).toBe('left out (during)')
    expect(both(13_000)).toBe('during full')
    expect(both(18_200)).toBe('left out (during)')
    expect(both(19_000)).toBe('during full')
    expect(both(20_050)).toBe('left out (after)')
    expect(both(20_101)).toBe('after full')
  })
})

describe('an instance that is ended', () => {
  const ended = { undoAsked: 15_000, undone: 18_000 }

  test.each([kill('comments'), restart('comments')])('is away until it is ready again: %o', (fault) => {
    const answer = (sample: Partial<Sample>) => classOf(sample, mayBeReduced, [faultOf(fault, ended)])
    expect(answer({ sentAt: 14_990, keeps: less })).toBe('during reduced')
    expect(answer({ sentAt: 16_000 })).toBe('during full')
    expect(answer({ sentAt: 16_000, keeps: 0 })).toBe('during broken')
    expect(answer({ sentAt: 17_990 })).toBe('left out (during)')
    expect(answer({ sentAt: 18_001 })).toBe('after full')
  })

  test('is away to the end where it is never ready again; what is stopped goes on when it is told to', () => {
    const answer = (fault: Fault, undone: number | null) =>
      classOf({ sentAt: 16_000 }, mayBeReduced, [faultOf(fault, { ...ended, undone })])
    expect(answer(kill('comments'), null)).toBe('during full')
    expect(answer(pause('comments'), 18_000)).toBe('left out (after)')
  })
})

describe('faults that come one after the other', () => {
  const terms = termsOf(
    interaction({
      recoversMs: 500,
      stances: [stance('comments: unavailable', 'reduced'), stance('redis: slow', 'refused')],
    }),
  )
  const redis = faultOf(slow, {
    felt: [feltOn('auth → redis', 'slow')],
    asked: 22_000,
    inForce: 22_000,
    undoAsked: 25_000,
    undone: 25_000,
  })
  const answer = (sentAt: number, keeps: number) => classOf({ sentAt, keeps }, terms, [redis, faultOf()])

  test('each excuses what it overlaps, the grace of the contract included', () => {
    expect(answer(15_000, less)).toBe('during reduced')
    expect(answer(15_000, no)).toBe('during broken')
    expect(answer(23_000, no)).toBe('during refused')
    expect(answer(23_000, less)).toBe('during broken')
    expect(answer(20_600, less)).toBe('during reduced')
    expect(answer(25_500, no)).toBe('after refused')
    expect(answer(25_500, less)).toBe('after broken')
  })

  test('between them nothing is excused, and it is not yet after', () => {
    expect(answer(20_601, less)).toBe('during broken')
    expect(answer(21_000, normal)).toBe('during full')
  })

  test('a moment at which one comes and is there at once leaves out what it meets', () => {
    expect(answer(21_990, normal)).toBe('left out (during)')
    expect(answer(21_990, no)).toBe('left out (during)')
    expect(answer(21_990, less)).toBe('during broken')
  })
})

describe('classes', () => {
  const during = 15_000
  const terms = termsOf(
    interaction({
      withinMs: 300,
      stances: [stance('comments: unavailable', 'reduced', 500), stance('redis: slow', 'refused', 1_000)],
    }),
  )

  test.each<[string, Partial<Sample>, string]>([
    ['the normal half in time', { keeps: normal, took: 300 }, 'full'],
    ['the normal half late', { keeps: normal, took: 301 }, 'broken'],
    ['a declared half in time', { keeps: less, took: 500 }, 'reduced'],
    ['a declared half late', { keeps: less, took: 501 }, 'broken'],
    ['both halves, late for the normal one', { keeps: normal | less, took: 400 }, 'reduced'],
    ['a half declared for another condition', { keeps: no }, 'broken'],
    ['no half at all', { keeps: 0 }, 'broken'],
    ['a transport error, whatever its bits say', { keeps: normal | less, error: 2 }, 'broken'],
  ])('%s', (_, sample, expected) => expect(classOf({ sentAt: during, ...sample }, terms)).toBe(`during ${expected}`))

  test('a brownout while nothing is broken is needless, and broken', () => {
    expect(classOf({ sentAt: 5_000, keeps: less })).toBe('before broken')
    expect(classOf({ sentAt: 25_000, keeps: less })).toBe('after broken')
  })

  test('of several faults any stance may be kept; the normal half is full, reduced beats refused', () => {
    const faults = [faultOf(slow, { felt: [feltOn('auth → redis', 'slow')] }), faultOf()]
    const answer = (keeps: number, took = 20) => classOf({ sentAt: during, keeps, took }, terms, faults)
    expect(answer(normal | less | no)).toBe('during full')
    expect(answer(less | no)).toBe('during reduced')
    expect(answer(less | no, 800)).toBe('during refused')
    expect(answer(no)).toBe('during refused')
  })

  test('unaffected and undeclared add nothing to the normal half', () => {
    const demanding = termsOf(
      interaction({
        stances: [stance('comments: unavailable', 'unaffected'), stance('redis: unavailable', 'reduced')],
      }),
    )
    expect(classOf({ sentAt: during, keeps: less }, demanding)).toBe('during broken')
    expect(classOf({ sentAt: during, keeps: less }, termsOf(interaction()))).toBe('during broken')
    expect(classOf({ sentAt: during, keeps: normal }, demanding)).toBe('during full')
  })

  test('losing one of several instances is no condition: the normal half is demanded', () => {
    const lost = faultOf(kill('comments#1'), { felt: [] })
    expect(classOf({ sentAt: during, keeps: less }, mayBeReduced, [lost])).toBe('during broken')
    expect(classOf({ sentAt: during, keeps: normal }, mayBeReduced, [lost])).toBe('during full')
  })

  test('each interaction by its own terms', () => {
    const two = termsOf(interaction(), interaction({ id: 5, stances: [stance('otherwise', 'refused')] }))
    expect(classOf({ sentAt: during, keeps: no, interaction: 5 }, two)).toBe('during refused')
    expect(classOf({ sentAt: during, keeps: no, interaction: 0 }, two)).toBe('during broken')
    expect(() => classOf({ interaction: 3 }, two)).toThrow(/interaction 3/)
  })
})

describe('an overlap with a change of faults', () => {
  test.each([
    ['keeps what holds without the fault', normal, 'left out (during)'],
    ['keeps what holds with it', less, 'left out (during)'],
    ['keeps neither: it is broken by the fault, whichever change it was', 0, 'during broken'],
  ])('%s', (_, keeps, expected) => {
    expect(classOf({ sentAt: 10_050, keeps })).toBe(expected)
    expect(classOf({ sentAt: 20_050, keeps })).toBe(expected.replace('left out (during)', 'left out (after)'))
  })

  test('a request that hung from before the fault is broken during it', () => {
    expect(classOf({ sentAt: 9_990, took: 2_000, keeps: 0, error: 4 })).toBe('during broken')
  })

  test('an answer that is late for both sides keeps neither', () => {
    const terms = termsOf(interaction({ withinMs: 100, stances: [stance('comments: unavailable', 'reduced', 200)] }))
    expect(classOf({ sentAt: 9_990, took: 201, keeps: normal | less }, terms)).toBe('during broken')
    expect(classOf({ sentAt: 9_990, took: 150, keeps: normal | less }, terms)).toBe('left out (before)')
  })
})

describe('the grace of a contract', () => {
  const terms = termsOf(interaction({ recoversMs: 3_000, stances: [stance('comments: unavailable', 'reduced')] }))

  test('a degraded half may be kept until it is over, by the time of sending', () => {
    expect(classOf({ sentAt: 20_101, keeps: less }, terms)).toBe('after reduced')
    expect(classOf({ sentAt: 23_100, took: 500, keeps: less }, terms)).toBe('after reduced')
    expect(classOf({ sentAt: 23_101, keeps: less }, terms)).toBe('after broken')
    expect(classOf({ sentAt: 23_101, keeps: normal }, terms)).toBe('after full')
  })
})

describe('arrivals that never ended', () => {
  const counts = (endedAt: number, faults = [faultOf()]) => {
    const scenario = scenarioOf({ faults, load: loadOf(10, { endedAt }) })
    return classify(scenario, mayBeReduced, tableOf({ sentAt: 1 }, { sentAt: 2 })).counts
  }

  test('are broken in the phase in which the load ended, or during a change', () => {
    expect(counts(times.end).after.broken).toBe(8)
    expect(counts(15_000).during.broken).toBe(8)
    expect(counts(20_050).during.broken).toBe(8)
    expect(counts(times.end, []).before.broken).toBe(8)
    expect(counts(times.end).before).toMatchObject({ full: 2, broken: 0 })
  })

  test('are none where the load left no summary, or more samples than arrivals', () => {
    const scenario = scenarioOf({ load: null })
    expect(classify(scenario, mayBeReduced, tableOf({})).neverEnded.count).toBe(0)
    expect(classify({ ...scenario, load: loadOf(0) }, mayBeReduced, tableOf({})).neverEnded.count).toBe(0)
  })
})

/** One after the other and together, as slowly and as plainly as it can be said. */
function plainly(sample: Sample, terms: Terms, faults: readonly FaultRecord[]): string {
  const { sentAt, took, error } = sample
  const end = sentAt + took
  const [terms0] = terms.interactions
  const played = faults.flatMap(({ asked, inForce, undoAsked, undone, felt }) =>
    asked === null
      ? []
      : [{ asked, inForce: inForce ?? Infinity, undoAsked: undoAsked ?? Infinity, undone: undone ?? Infinity, felt }],
  )
  const meets = (from: number, to: number) => from <= end && sentAt <= to
  const changing = played.some(
    (fault) =>
      meets(fault.asked, Math.min(fault.inForce, fault.undone)) ||
      meets(Math.min(fault.undoAsked, fault.undone), fault.undone),
  )
  const excused = played
    .filter((fault) => meets(fault.asked, fault.undone + (terms0?.recoversMs ?? 0)))
    .flatMap(({ felt }) => felt)
    .flatMap((felt) => (terms0 && resolveStance(terms0, felt)) ?? [])
  const keeps = error === 0 ? sample.keeps : 0
  const inTime = (bit: number | null, within: number | null | undefined) =>
    bit !== null && ((keeps >>> bit) & 1) === 1 && took <= (within ?? Infinity)
  const kind = (name: string) => excused.some((one) => one.kind === name && inTime(one.bit, one.withinMs))
  const name = inTime(0, terms0?.withinMs) ? 'full' : (['reduced', 'refused'].find(kind) ?? 'broken')
  if (played.every(({ asked }) => end < asked)) return `before ${name}`
  if (played.every(({ undone }) => sentAt > undone)) return `after ${name}`
  if (!changing || name === 'broken') return `during ${name}`
  if (played.every(({ asked }) => sentAt < asked)) return 'left out (before)'
  return played.every(({ undoAsked }) => sentAt >= undoAsked) ? 'left out (after)' : 'left out (during)'
}

describe('whatever faults come, in whatever order', () => {
  const moments = fc
    .array(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 4 })
    .map((all) => all.toSorted((a, b) => a - b))
  const fault = fc
    .record({
      moments,
      /** How many of its times it came to. */
      reached: fc.integer({ min: 0, max: 4 }),
      where: fc.constantFrom('storefront → comments', 'auth → redis', 'nowhere'),
    })
    .map(({ moments: all, reached, where }) => {
      const [asked, inForce, undoAsked, undone] = all.map((at, index) => (index < reached ? at : null))
      return faultOf(slow, {
        felt: where === 'nowhere' ? [] : [feltOn(where, 'slow')],
        asked: asked ?? null,
        inForce: inForce ?? null,
        undoAsked: undoAsked ?? null,
        undone: undone ?? null,
      })
    })
  const terms = termsOf(
    interaction({
      recoversMs: 3,
      withinMs: 8,
      stances: [stance('comments: slow', 'reduced', 6), stance('auth → redis: slow', 'refused', 9)],
    }),
  )
  const sent = fc.record({
    sentAt: fc.integer({ min: 0, max: 45 }),
    took: fc.integer({ min: 0, max: 12 }),
    keeps: fc.integer({ min: 0, max: 7 }),
    error: fc.constantFrom(0, 0, 0, 1),
  })

  test('each response is what it is by the plain rules', () => {
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 4 }), sent, (faults, sample) => {
        expect(classOf(sample, terms, faults)).toBe(plainly(sample as Sample, terms, faults))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('whatever is sent', () => {
  const time = fc.option(fc.double({ min: 0, max: 40_000, noNaN: true }), { nil: null })
  const faults = fc.array(
    fc.record({ asked: time, inForce: time, undoAsked: time, undone: time }).map((all) => faultOf(undefined, all)),
    { maxLength: 3 },
  )
  const samples = fc.array(
    fc.record({
      sentAt: fc.double({ min: 0, max: 40_000, noNaN: true }),
      took: fc.double({ min: 0, max: 20_000, noNaN: true }),
      keeps: fc.integer({ min: 0, max: 7 }),
      error: fc.integer({ min: 0, max: 2 }),
    }),
    { maxLength: 50 },
  )
  const grace = termsOf(interaction({ recoversMs: 2_000, withinMs: 5_000, stances: [stance('otherwise', 'reduced')] }))

  test('every response is in exactly one class of one phase, or left out', () => {
    fc.assert(
      fc.property(faults, samples, (recorded, sent) => {
        const { codes, counts } = classify(scenarioOf({ faults: recorded }), grace, tableOf(...sent))
        for (const code of codes) {
          const within = phases.filter((phase) => code >= codesOfPhase(phase)[0] && code <= codesOfPhase(phase)[1])
          expect(within).toHaveLength(classOfCode(code) === null ? 0 : 1)
        }
        const counted = phases.flatMap((phase) => Object.values(counts[phase])).reduce((sum, each) => sum + each, 0)
        expect(counted).toBe(sent.length)
      }),
    )
  })

  test('what keeps the normal half in time is never broken, and an error always is', () => {
    fc.assert(
      fc.property(faults, samples, (recorded, sent) => {
        const kept = sent.map((each) => ({ ...each, keeps: normal, took: Math.min(each.took, 5_000), error: 0 }))
        const classes = (of: Partial<Sample>[]) =>
          [...classify(scenarioOf({ faults: recorded }), grace, tableOf(...of)).codes].map(classOfCode)
        expect(classes(kept).filter((name) => name !== 'full' && name !== null)).toEqual([])
        expect(classes(sent.map((each) => ({ ...each, error: 1 }))).filter((name) => name !== 'broken')).toEqual([])
      }),
    )
  })
})
