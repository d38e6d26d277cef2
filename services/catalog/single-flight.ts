/** Whoever asks for what is being fetched already gets what that yields, instead of fetching it once more. */
export function singleFlight<Key, Value>(fetch: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const flights = new Map<Key, Promise<Value>>()
  return (key) => {
    const flight = flights.get(key) ?? fetch(key).finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }
}
