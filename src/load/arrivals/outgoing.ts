/** A request as it is sent. */
export interface Outgoing {
  method: string
  /** With the query. */
  path: string
  headers: Readonly<Record<string, string>>
  body: string | null
}
