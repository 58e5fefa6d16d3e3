/** A dialog of the desk: opened once at a time, over everything else. */
import { useTemplateRef } from 'vue'

/** The component's `<dialog ref="dialog">`; `opened`: done each time it has opened. */
export function useDialog(opened: () => void = () => undefined) {
  const dialog = useTemplateRef<HTMLDialogElement>('dialog')
  return {
    open: (): void => {
      if (dialog.value?.open === true) return
      dialog.value?.showModal()
      opened()
    },
    close: (): void => { dialog.value?.close() },
  }
}
