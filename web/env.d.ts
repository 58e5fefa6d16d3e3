// What TypeScript alone cannot know of a web project. vue-tsc reads .vue files themselves and does not
// use the first of these; the linter's and the editor's plain TypeScript does.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}

declare module '@fontsource-variable/noto-sans-sc'
declare module 'element-plus/dist/*.css'
declare module 'element-plus/theme-chalk/*.css'
