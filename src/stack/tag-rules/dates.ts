import dayjs from 'dayjs'
import advancedFormat from 'dayjs/plugin/advancedFormat.js'
import dayOfYear from 'dayjs/plugin/dayOfYear.js'
import isoWeek from 'dayjs/plugin/isoWeek.js'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'

for (const plugin of [utc, timezone, advancedFormat, dayOfYear, isoWeek]) dayjs.extend(plugin)

/** The form of a date without a format: ISO 8601. */
const plainFormat = 'YYYY-MM-DDTHH:mm:ss'

/** Tokens of moment's format language that are understood: https://momentjs.com/docs/#/displaying/format/ */
export const dateTokens = [
  ...['YYYY', 'YY', 'Q', 'MMMM', 'MMM', 'MM', 'M', 'DDDD', 'DDD', 'DD', 'D', 'Do', 'dddd', 'ddd', 'dd', 'd'],
  ...['GGGG', 'WW', 'W', 'HH', 'H', 'hh', 'h', 'kk', 'k', 'mm', 'm', 'ss', 's', 'SSS', 'A', 'a', 'ZZ', 'Z', 'X', 'x'],
]

/** The first token of moment's language that a format has and `formatDate` does not know, or null. */
export function unknownToken(format: string): string | null {
  return pieces(format).find((piece) => isToken(piece) && !dateTokens.includes(piece)) ?? null
}

/** Whether there is a time zone of this name, such as `Asia/Tokyo`. */
export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** A moment, in milliseconds since 1970, in moment's format language; `zone` null is UTC, no format is ISO 8601. */
export function formatDate(milliseconds: number, format: string | null, zone: string | null): string {
  const date = zone === null || /^(etc\/)?utc$/i.test(zone) ? dayjs.utc(milliseconds) : dayjs(milliseconds).tz(zone)
  if (format === null) return date.format(`${plainFormat}${date.isUTC() ? '[Z]' : 'Z'}`)
  return pieces(format)
    .map((piece) => formatPiece(piece, date, milliseconds))
    .join('')
}

function formatPiece(piece: string, date: dayjs.Dayjs, milliseconds: number): string {
  if (piece.startsWith('[')) return piece.slice(1, -1)
  // The library shifts these two by the zone, which an instant does not have; and it has no token for a day of the year.
  if (piece === 'x') return String(milliseconds)
  if (piece === 'X') return String(Math.floor(milliseconds / 1000))
  if (piece === 'DDD' || piece === 'DDDD') return String(date.dayOfYear()).padStart(piece === 'DDDD' ? 3 : 1, '0')
  return isToken(piece) ? date.format(piece) : piece
}

/** A format in its parts: `[text]`, runs of one letter that mean something (`Do` is one), and all else. */
function pieces(format: string): string[] {
  return format.match(/\[[^[\]]*\]|([MDdQwWHhkmsSYgGXxzZaAeENyL])\1*(?:(?<=[MDdQwWy])o)?|./gsu) ?? []
}

function isToken(piece: string): boolean {
  return /^[MDdQwWHhkmsSYgGXxzZaAeENyL\\]/.test(piece)
}
