// When an event left, from what it says itself: a time in its JSON, or the number that its data begins with.

const FROM_MS = Date.UTC(2015, 0, 1)
const TO_MS = Date.UTC(2100, 0, 1)

/** Ms on the sender's clock; null where the data hold no time. Of a JSON object only the top level is looked at. */
export function emissionTimeOf(data: string): number | null {
  const leading = /^\s*(\d{10,17}(?:\.\d+)?)\b/.exec(data)?.[1]
  if (leading !== undefined) return asTime(leading)
  if (!/^\s*\{/.test(data)) return null
  try {
    for (const value of Object.values(JSON.parse(data) as Record<string, unknown>)) {
      const time = typeof value === 'number' || typeof value === 'string' ? asTime(String(value)) : null
      if (time !== null) return time
    }
  } catch {
    return null
  }
  return null
}

// Ms, µs or s since 1970, or RFC 3339. Whole seconds are too coarse to time anything by.
function asTime(text: string): number | null {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d/.test(text)) return inRange(Date.parse(text))
  if (!/^\d+(\.\d+)?$/.test(text)) return null
  const number = Number(text)
  return inRange(number) ?? inRange(number / 1000) ?? (text.includes('.') ? inRange(number * 1000) : null)
}

const inRange = (ms: number): number | null => (ms >= FROM_MS && ms <= TO_MS ? ms : null)
