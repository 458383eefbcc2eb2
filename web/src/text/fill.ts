// A sentence with its values: `{n}` stands for one of them, `{n:card|cards}` for the word that goes with it where there is one of
// it, and with any other number. Pure.
export type Values = Record<string, string | number>

const rules = { zh: new Intl.PluralRules('zh'), en: new Intl.PluralRules('en') }

export function fill(text: string, values: Values, language: keyof typeof rules): string {
  return text.replace(
    /\{(\w+)(?::([^|{}]*)\|([^|{}]*))?\}/g,
    (whole, name: string, one: string | undefined, other: string | undefined) => {
      const value = values[name]
      if (value === undefined) return whole
      if (one === undefined || other === undefined) return String(value)
      return rules[language].select(Number(value)) === 'one' ? one : other
    },
  )
}
