import type { Playing } from './play.ts'

/** Taps are read so long before what happens at its very moment, ms. */
export const tapsLeadMs = 50

/** Reads every tap; the readings are kept in the order of their times. */
export async function readTaps(label: string, { record, live }: Pick<Playing, 'record' | 'live'>): Promise<void> {
  record.taps.push(await live.snapshot(label))
  record.taps.sort((a, b) => a.at - b.at)
}
