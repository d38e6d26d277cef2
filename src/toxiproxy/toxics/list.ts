import type { ToxicKind } from '../toxic.ts'
import { latency } from './latency.ts'
import { noop } from './noop.ts'
import { resetPeer } from './reset-peer.ts'
import { timeout } from './timeout.ts'

/** Every toxic there is. */
export const toxicKinds: readonly ToxicKind[] = [latency, timeout, resetPeer, noop]
