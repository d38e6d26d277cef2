/** How often each side is measured: `BENCH_ROUNDS` for a quick look, or a thorough one. */
export function roundsOr(usual: number): number {
  return Number(process.env['BENCH_ROUNDS'] ?? usual)
}
