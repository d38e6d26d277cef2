/** The one function we use of a library that has no types. */
declare module 'jstat' {
  const jstat: { beta: { inv(probability: number, alpha: number, beta: number): number } }
  export default jstat
}
