import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Garim, GarimOptions } from "@garim/express";
import type { Express } from "express";
import { freshKeys } from "../fixtures/keys.ts";
import { openMarketDatabase } from "../fixtures/market-database.ts";
import { lineOf, mountPrivacy, orderLine, tidy } from "../fixtures/shop.ts";

/** A host's app, served. */
export interface Host {
  /** Where its browsers go. */
  readonly origin: string;
  readonly clock: { now: number };
  close(): Promise<void>;
}

/** Who may log in at the hosts of these tests. */
export const USER = { name: "anna", password: "correct horse" } as const;

/** The user as a host's own database would know her. */
export const ACCOUNT = { staffId: "anna", sellerId: "S1", roles: ["owner"] } as const;

/** Whether a form holds her name and password. */
export function isAnna(form: unknown): boolean {
  const { user, password } = (form ?? {}) as Record<string, unknown>;
  return user === USER.name && password === USER.password;
}

/** What a host has anyway: a database, keys, a clock. */
export interface Ground {
  readonly clock: { now: number };
  readonly base: Pick<GarimOptions, "database" | "keys" | "clock" | "logger" | "insecureCookie">;
  /** Serves something on a port of loopback until the end. */
  serve(listener: RequestListener): Promise<string>;
  close(garim: Garim): Promise<void>;
}

export async function openGround(): Promise<Ground> {
  const clock = { now: Date.parse("2026-11-22T09:00:00+09:00") };
  const database = await openMarketDatabase();
  const silent = () => undefined;
  const servers: ReturnType<typeof createServer>[] = [];
  return {
    clock,
    base: {
      database,
      keys: freshKeys(),
      clock: () => clock.now,
      logger: { info: silent, warn: silent, error: silent },
      insecureCookie: true,
    },
    async serve(listener) {
      const server = createServer(listener).listen(0, "127.0.0.1");
      servers.push(server);
      await once(server, "listening");
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close(garim) {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await garim.close();
      await database.close();
    },
  };
}

/**
 * What every host has behind its log-in: `/line`, which is guarded, and `/me`, which tells whether the host itself takes the
 * browser for logged in.
 */
export function mountMarket(
  app: Express,
  garim: Garim,
  isLoggedIn: (req: Express["request"]) => unknown,
): void {
  mountPrivacy(app, garim);
  const guard = garim.reveal(orderLine, { purpose: "fulfilment" });
  app.get("/line", guard, (_req, res) => void res.json(tidy(lineOf())));
  app.get("/me", garim.unguarded("who is logged in"), async (req, res) => {
    res.sendStatus((await isLoggedIn(req)) ? 200 : 401);
  });
}
