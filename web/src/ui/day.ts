// A day of the calendar, and a moment, in words.

/** `2026-12-05` as people say it. */
export function dayWords(day: string, lang: 'zh' | 'en'): string {
  const at = new Date(`${day}T12:00:00Z`)
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    month: lang === 'zh' ? 'long' : 'short',
    day: 'numeric',
  }).format(at)
}

/** When something was said, in the contest's zone. */
export function momentWords(at: number, zone: string, lang: 'zh' | 'en'): string {
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: zone,
    month: lang === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
}
