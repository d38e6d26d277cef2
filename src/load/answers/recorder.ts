import { sampleBytes, transportErrors, writeSample } from '../sample.ts'
import type { LoadOrder } from '../workload.ts'
import { BatchedFile } from './batched-file.ts'
import { EvidenceChooser, type Finding } from './evidence.ts'

/** Writes what came of each arrival, in the order in which they ended. */
export class Recorder {
  readonly failed: Promise<Error>
  readonly #samples: BatchedFile
  readonly #evidence: BatchedFile
  readonly #chooser: EvidenceChooser
  readonly #record = new DataView(new ArrayBuffer(sampleBytes))

  private constructor(samples: BatchedFile, evidence: BatchedFile, chooser: EvidenceChooser) {
    this.#samples = samples
    this.#evidence = evidence
    this.#chooser = chooser
    this.failed = Promise.race([samples.failed, evidence.failed])
  }

  static async open({ into, redact, workload }: LoadOrder): Promise<Recorder> {
    const samples = await BatchedFile.open(into.samples, sampleBytes)
    const evidence = await BatchedFile.open(into.evidence)
    return new Recorder(samples, evidence, new EvidenceChooser(workload.run, redact))
  }

  record(finding: Finding): void {
    const { sequence, interaction, late, keeps, ending } = finding
    writeSample(this.#record, 0, {
      sentAt: ending.sentAt,
      took: ending.took,
      late,
      keeps,
      sequence,
      interaction,
      status: ending.error === 'none' ? (ending.answer?.status ?? 0) : 0,
      error: transportErrors.indexOf(ending.error),
    })
    this.#samples.append(new Uint8Array(this.#record.buffer))
    const evidence = this.#chooser.consider(finding)
    if (evidence !== null) this.#evidence.append(Buffer.from(evidence))
  }

  async close(): Promise<void> {
    await Promise.all([this.#samples.close(), this.#evidence.close()])
  }
}
