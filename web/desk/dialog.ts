/** A dialog of the desk: opened once at a time, over everything else. */
import { nextTick, useTemplateRef } from 'vue'

/** The component's `<dialog ref="dialog">`; `opening`: done each time before it is shown, so that what it shows is there to be focused. */
export function useDialog<Given extends unknown[] = []>(opening: (...given: Given) => void = () => undefined) {
  const dialog = useTemplateRef<HTMLDialogElement>('dialog')
  const show = (): void => { if (dialog.value?.open === false) dialog.value.showModal() }
  return {
    open: (...given: Given): void => {
      if (dialog.value?.open === true) return
      opening(...given)
      void nextTick(show)
    },
    close: (): void => { dialog.value?.close() },
  }
}
