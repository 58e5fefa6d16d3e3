import { createApp } from 'vue'
import '@fontsource-variable/noto-sans-sc'
import './theme/tokens.css'
import './theme/ground.css'
import App from './App.vue'
import { createLive, liveKey } from './live.ts'
import { openLink } from './link.ts'
import { router } from './router.ts'
import { words } from './words/words.ts'

createApp(App)
  .use(router)
  .use(words)
  .provide(liveKey, createLive({ open: openLink, fetch: window.fetch.bind(window) }))
  .mount('#app')
