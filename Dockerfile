# One image: `node dist/api/server.js` (the default), `node dist/workers/main.js`, what runs before them
# (`node dist/tools/operate/migrate.js`), and what operators run beside them: `audit.js`, `reconcile.js`, `seed.js` and `verify-draw.js` of the
# same folder. Each has `--help`.
# What the build gets to see is in .dockerignore.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npx tsc -p tsconfig.image.json && npm run pages

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# A library names the compiler as an optional peer, and npm installs it for that.
RUN npm ci --omit=dev && rm -rf node_modules/typescript node_modules/@typescript

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/dist-web dist-web
# Redis scripts are read from here.
COPY shared/waiting-room/lua shared/waiting-room/lua
USER node
EXPOSE 3000
CMD ["node", "dist/api/server.js"]
