/** Which language a page speaks: `?lang` of its address, else what was chosen last, else Chinese. */
import { useI18n } from 'vue-i18n'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const KEPT = 'qingkong-language'
const isLanguage = (text: string | null): text is Language => LANGUAGES.some((language) => language === text)

function remembered(): string | null {
  try { return window.localStorage.getItem(KEPT) } catch { return null }
}

/** The language a page starts in; `search` is the query of its address. */
export function firstLanguage(search: string): Language {
  const asked = new URLSearchParams(search).get('lang')
  if (isLanguage(asked)) return asked
  const kept = remembered()
  return isLanguage(kept) ? kept : 'zh'
}

/** The language now, and a switch that is remembered on this machine. */
export function useLanguage() {
  const { locale } = useI18n({ useScope: 'global' })
  const choose = (language: Language): void => {
    locale.value = language
    try { window.localStorage.setItem(KEPT, language) } catch { /* a browser that keeps nothing still switches */ }
  }
  return { locale, choose }
}

/** The texts of a language in the other one: the same keys. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> }
