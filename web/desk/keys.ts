/** The keys of the desk. They rest while somebody writes, while a dialog is open, and with any modifier. */
import { onScopeDispose } from 'vue'

export const KEYS = ['j', 'k', 'a', 'n', 's', 'l', 'r', '?', 'Escape'] as const
export type Key = (typeof KEYS)[number]

const isKey = (key: string): key is Key => KEYS.some((each) => each === key)

function writes(target: EventTarget | null): boolean {
  // A dialog that was just closed keeps the focus until the browser draws again: nobody writes in it any more.
  if (!(target instanceof HTMLElement) || target.closest('dialog:not([open])') !== null) return false
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
    || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type))
}

export function useKeys(pressed: (key: Key) => void): void {
  const hear = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || !isKey(event.key)) return
    if (document.querySelector('dialog[open]') !== null) return
    if (writes(event.target)) {
      // Escape leaves the field; the next one is the desk's.
      if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
      return
    }
    event.preventDefault()
    pressed(event.key)
  }
  window.addEventListener('keydown', hear)
  onScopeDispose(() => { window.removeEventListener('keydown', hear) })
}
