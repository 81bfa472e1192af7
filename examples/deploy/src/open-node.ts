import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { promisify } from "node:util";
import { createGarim, filePlace, keysFromFile, serverOptions } from "@garim/express";
import { RedisStore } from "connect-redis";
import express from "express";
import session from "express-session";
import { Pool } from "pg";
import { createClient } from "redis";
import { mountMarket } from "./market.ts";
import type { NodeSettings } from "./settings.ts";

/** A node that runs. */
export interface OpenNode {
  /** Ends it in good order: what runs is answered and recorded. */
  close(): Promise<void>;
}

/** Opens a node: the host's own parts as they were, and Garim beside them. */
export async function openNode(settings: NodeSettings): Promise<OpenNode> {
  const pool = new Pool({ connectionString: settings.databaseUrl });
  pool.on("error", () => undefined); // garim.health() tells of it
  const redis = createClient({ url: settings.redisUrl });
  redis.on("error", () => undefined);
  await redis.connect();
  const garim = await createGarim({
    database: pool,
    redis,
    keys: keysFromFile(settings.keys),
    checkpoints: { origin: settings.origin, places: [filePlace(settings.checkpoints)] },
    identify: (req) => req.session?.person,
    signOut: (req) => promisify(req.session.destroy.bind(req.session))(),
  });
  const app = express();
  app.set("trust proxy", settings.trustedProxies); // named: records hold the address of whoever asks
  app.use("/health", garim.health());
  app.use(
    session({
      store: new RedisStore({ client: redis }),
      secret: settings.sessionSecret,
      resave: false,
      saveUninitialized: false,
      cookie: { secure: true, httpOnly: true, sameSite: "lax" },
    }),
  );
  app.use(garim.session());
  app.use("/privacy", garim.privacy());
  mountMarket(app, garim, settings.name);
  app.use(garim.errors());
  garim.routes(app, { strict: true });
  const server: Server = createServer(serverOptions(app), app).listen(settings.port, settings.host);
  await once(server, "listening");
  return {
    async close() {
      await garim.close(server);
      await redis.close();
      await pool.end();
    },
  };
}
