import type { Phase } from '../../scenario/define.ts'
import type { ScenarioPromise } from '../../scenario/promise.ts'
import { confidenceIn } from '../confidence.ts'
import { judgeAmplification } from './amplification.ts'
import type { CountedPromise } from './counted.ts'
import { judgeEventually } from './eventually.ts'
import { judgeIsolated } from './isolated.ts'
import { judgeLatency } from './latency.ts'
import { judgeNever } from './never.ts'
import { judgeNone } from './none.ts'
import { judgeRecovers } from './recovers.ts'
import { withReleased } from './released.ts'
import { tally } from './rule.ts'
import type { Finding, Scene } from './scene.ts'
import { judgeShare } from './share.ts'
import { judgeThreshold } from './threshold.ts'

/** What the responses say of a promise, whoever sent them and whether or not the fault was felt. */
export function judgePromise(promise: ScenarioPromise, phase: Phase, scene: Scene): Finding {
  switch (promise.kind) {
    case 'share':
    case 'none':
    case 'latency':
      return withReleased(judgeCounted(promise, phase, scene), promise, phase, scene)
    case 'amplification':
      return judgeAmplification(promise, scene)
    case 'recovers':
      return judgeRecovers(promise, scene)
    case 'isolated':
      return judgeIsolated(promise, scene)
    case 'eventually':
      return judgeEventually(promise, phase, scene)
    case 'never':
      return judgeNever(promise, phase, scene)
    case 'threshold':
      return judgeThreshold(promise, scene)
  }
}

function judgeCounted(promise: CountedPromise, phase: Phase, scene: Scene): Finding {
  const count = tally(promise, phase, scene)
  if (count.responses === 0) {
    const unit = promise.kind === 'latency' ? 'ms' : 'share'
    const reason = `no response to look at ${phase} the fault`
    return { status: 'undecided', reason, ...count, observed: null, interval: null, unit }
  }
  const confidence = confidenceIn(scene.scenario, phase)
  switch (promise.kind) {
    case 'share':
      return judgeShare(promise, count, confidence)
    case 'none':
      return judgeNone(promise, count, confidence)
    case 'latency':
      return judgeLatency(promise, phase, scene, count)
  }
}
