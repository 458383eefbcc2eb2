// Durations as people read them on a stage.

/** `7:05`. */
export function minutes(seconds: number): string {
  const whole = Math.trunc(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** What a browser says of itself, in two words: `Chrome, iPad`. */
export function deviceName(agent: string): string {
  const found = (known: [RegExp, string][]) => known.find(([sign]) => sign.test(agent))?.[1]
  const browser = found([
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])
  const system = found([
    [/iPad/, 'iPad'],
    [/iPhone/, 'iPhone'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/Linux/, 'Linux'],
  ])
  return [browser, system].filter(Boolean).join(', ') || agent
}
