# One image for every process of the hub, its connectors and stand-ins; PROCESSES says what a container runs.
# By exact version; see docker-compose.yml about digests.
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /hemgang
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json nest-cli.json .swcrc ./
COPY src ./src
COPY connectors ./connectors
RUN npm run build && npm prune --omit=dev

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production
WORKDIR /hemgang
COPY --from=build /hemgang/package.json ./
COPY --from=build /hemgang/node_modules ./node_modules
COPY --from=build /hemgang/dist ./dist
COPY policies ./policies
COPY questionnaires ./questionnaires
# Read only where no other organisation is configured.
COPY src/demo/fictional-region ./src/demo/fictional-region
RUN mkdir /var/lib/hemgang && chown node:node /var/lib/hemgang
ENV DATA_DIRECTORY=/var/lib/hemgang
VOLUME /var/lib/hemgang
USER node
CMD ["node", "dist/src/start/main.js"]
