import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** Where `npm run dev` finds the server it passes requests on to. */
const server = process.env['AIR_DEV_SERVER'] ?? 'http://127.0.0.1:8080'

/** The wall, the desk and the report are one application of one page; what is large is a file of its own. */
export default defineConfig({
  root: fileURLToPath(new URL('./web', import.meta.url)),
  cacheDir: fileURLToPath(new URL('./.build/vite', import.meta.url)),
  plugins: [vue()],
  build: {
    outDir: fileURLToPath(new URL('./.build/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'charts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
            { name: 'desk-parts', test: /node_modules[\\/](element-plus|@element-plus)[\\/]/ },
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify|@vueuse)[\\/]/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '^/(api|healthz|readyz|metrics|docs)': server,
      '/socket.io': { target: server, ws: true },
    },
  },
})
