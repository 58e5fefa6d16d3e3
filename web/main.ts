import { createApp } from 'vue'
import '@fontsource-variable/noto-sans-sc'
import './theme/tokens.css'
import './theme/ground.css'
import App from './App.vue'
import { lookHeaders } from './attended.ts'
import { createLive, liveKey } from './live.ts'
import { openLink } from './link.ts'
import { createPast, pastIn } from './past.ts'
import { addressOf, ofExercise } from './room.ts'
import { router } from './router.ts'
import { words } from './words/words.ts'

const at = pastIn(window.location.search)
const fetchHere = (address: string): Promise<Response> => window.fetch(addressOf(address), { headers: lookHeaders() })

createApp(App)
  .use(router)
  .use(words)
  .provide(liveKey, at === null && ofExercise === null ? createLive({ open: openLink, fetch: fetchHere }) : createPast(at, fetchHere))
  .mount('#app')
