import { createApp } from 'vue'
import '@fontsource-variable/noto-sans-sc'
import './theme/tokens.css'
import './theme/ground.css'
import App from './App.vue'
import { createLive, liveKey } from './live.ts'
import { openLink } from './link.ts'
import { createPast, pastIn } from './past.ts'
import { router } from './router.ts'
import { words } from './words/words.ts'

const past = pastIn(window.location.search)

createApp(App)
  .use(router)
  .use(words)
  .provide(liveKey, past === null ? createLive({ open: openLink, fetch: window.fetch.bind(window) }) : createPast(past, window.fetch.bind(window)))
  .mount('#app')
