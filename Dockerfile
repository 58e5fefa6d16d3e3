# Built in one stage with everything, run from another with what runs. `docker compose build` uses it.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund
# The faces are built: what they were built from (and the compiler that a package wants for its types) stays behind.
RUN cd node_modules && rm -rf echarts zrender element-plus @element-plus vue vue-i18n vue-router @vue @vueuse @fontsource-variable typescript

FROM node:22-bookworm-slim
ENV NODE_ENV=production AIR_HOST=0.0.0.0 AIR_DATA=/data
WORKDIR /app
# The sources stand beside what was built from them: a start compares the two and builds nothing.
COPY --from=build /app/package.json /app/package-lock.json /app/vite.config.ts ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/.build .build
COPY --from=build /app/server server
COPY --from=build /app/shared shared
COPY --from=build /app/bench bench
COPY --from=build /app/web web
COPY --from=build /app/config config
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080 9212
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "server/boot.mjs"]
CMD ["start"]
