import { promisify } from "node:util";
import { createGarim } from "@garim/express";
import { RedisStore } from "connect-redis";
import express, { type RequestHandler } from "express";
import session, { type Store } from "express-session";
import { expect, it } from "vitest";
import { startRedisOrSkip } from "../services/redis.ts";
import { connectNodeRedis, type NodeRedis } from "../services/redis-clients.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { ACCOUNT, type Host, isAnna, mountMarket, openGround } from "./host.ts";
import { type Story, tellStory } from "./story.ts";

declare module "express-session" {
  interface SessionData {
    user?: { readonly loggedInAt: number };
    reports?: number;
  }
}

interface SessionHost extends Host {
  readonly store: Store;
  /** Sends a request that has its session and is at work until it is told to finish. */
  startSlowRequest(browser: Browser): Promise<{ finish(): Promise<unknown> }>;
}

/** A host with express-session, on whichever store. */
async function openHost(store: Store, redis?: NodeRedis): Promise<SessionHost> {
  const { base, clock, serve, close } = await openGround();
  const garim = await createGarim({
    ...base,
    ...(redis ? { redis } : {}),
    identify: ({ session: { user } = {} }) =>
      user && { kind: "staff", ...ACCOUNT, authenticatedAt: user.loggedInAt },
    signOut: (req) => promisify(req.session.destroy.bind(req.session))(),
  });
  const logIn: RequestHandler = async (req, res) => {
    if (!isAnna(req.body)) return void res.sendStatus(401);
    await promisify(req.session.regenerate.bind(req.session))();
    req.session.user = { loggedInAt: clock.now };
    res.sendStatus(204);
  };

  const app = express();
  app.use(session({ secret: "test", resave: false, saveUninitialized: false, store }));
  app.post("/login", express.json(), logIn);
  mountMarket(app, garim, (req) => req.session?.user);

  const [started, finishing] = [makeGate(), makeGate()];
  app.get("/slow", garim.unguarded("a report of the host's own"), async (req, res) => {
    started.open();
    await finishing.opened;
    req.session.reports = 1;
    res.sendStatus(204);
  });
  return {
    origin: await serve(app),
    clock,
    store,
    async startSlowRequest(browser) {
      const answer = browser.get("/slow");
      await started.opened;
      return {
        finish() {
          finishing.open();
          return answer;
        },
      };
    },
    close: () => close(garim),
  };
}

function makeGate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** What express-session alone gets wrong: a request that was under way writes the session back that was destroyed meanwhile. */
function tellOfRevival({ host, enter, refusalOf, isLoggedInAtHost }: Story<SessionHost>): void {
  it("[S3] stays signed out, though a slow request of the host revives the host's session", async () => {
    const browser = await enter();
    const held = [...browser.cookies];
    const { store, origin, startSlowRequest } = host();
    const slow = await startSlowRequest(openBrowser(origin, held));
    await browser.post("/privacy/sign-out", {});
    const before = await countSessions(store);
    await slow.finish();
    expect(await countSessions(store)).toBe(before + 1);
    const revived = openBrowser(origin, held);
    expect(await refusalOf(revived)).toBe("log-in-again");
    expect(await isLoggedInAtHost(revived)).toBe(false);
  });
}

async function countSessions(store: Store): Promise<number> {
  const all = await new Promise<unknown>((resolve, reject) =>
    store.all?.((error, sessions) => (error ? reject(error) : resolve(sessions))),
  );
  return Object.keys(all ?? {}).length;
}

tellStory("express-session in memory", () => openHost(new session.MemoryStore()), tellOfRevival);

const server = await startRedisOrSkip("express-session on Redis");
if (server !== undefined)
  tellStory(
    "express-session on the Redis that Garim has too",
    async () => {
      const { client, close } = await connectNodeRedis(server.url);
      const host = await openHost(new RedisStore({ client }), client);
      return {
        ...host,
        async close() {
          await host.close();
          await close();
          await server.stop();
        },
      };
    },
    tellOfRevival,
  );
