/** What the API answers instead of doing what was asked: `{"error": message, "status": status}`. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
  }
}

/** The error table. Anything else that is thrown answers 500 with its own text. */
export const apiErrors = {
  badRequestBody: (why: string) => new ApiError(400, `bad request body: ${why}`),
  missingField: (field: string) => new ApiError(400, `missing required field: ${field}`),
  invalidStream: () => new ApiError(400, 'stream was invalid, can be either upstream or downstream'),
  invalidToxicType: () => new ApiError(400, 'invalid toxic type'),
  proxyNotFound: () => new ApiError(404, 'proxy not found'),
  toxicNotFound: () => new ApiError(404, 'toxic not found'),
  proxyAlreadyExists: () => new ApiError(409, 'proxy already exists'),
  toxicAlreadyExists: () => new ApiError(409, 'toxic already exists'),
} as const

/** The error itself when it is of the table, else a 500 with the text of whatever was thrown. */
export function apiErrorOf(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  return new ApiError(500, thrown instanceof Error ? thrown.message : String(thrown))
}
