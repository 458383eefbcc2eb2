// A long hexadecimal number in groups that an eye can hold. Apart from the draw: who shows a hash need not compute one. Pure.
export function groups(hex: string, size = 4): string[] {
  return hex.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
}
