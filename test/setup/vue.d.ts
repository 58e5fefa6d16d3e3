// For the linter and the editor, which do not read .vue files; vue-tsc reads them and does not use this.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
