import { randomBytes, timingSafeEqual } from "node:crypto";
import { createGarim, type StaffIdentity } from "@garim/express";
import express, { type Request } from "express";
import { expect, it } from "vitest";
import { ACCOUNT, type Host, mountMarket, openGround } from "./host.ts";
import { createProxy } from "./proxy.ts";
import { tellStory } from "./story.ts";

interface ProxyHost extends Host {
  /** The app itself, which only the proxy should reach. */
  readonly direct: string;
}

/** A host behind a proxy that tells in plain headers who is logged in, and proves by a shared secret that it is the proxy. */
async function openHost(): Promise<ProxyHost> {
  const { base, clock, serve, close } = await openGround();
  const secret = randomBytes(32).toString("hex");

  const proxy = createProxy({
    target: () => direct,
    now: () => clock.now,
    own: ["x-proxy-secret", "x-user", "x-logged-in-at", "x-log-in"],
    tell: async ({ id, user, loggedInAt }) => ({
      "x-proxy-secret": secret,
      "x-user": user,
      "x-logged-in-at": String(loggedInAt),
      "x-log-in": id,
    }),
  });

  function isFromProxy(req: Request): boolean {
    const given = Buffer.from(req.get("x-proxy-secret") ?? "");
    return given.length === secret.length && timingSafeEqual(given, Buffer.from(secret));
  }

  function identify(req: Request): StaffIdentity | null {
    if (!isFromProxy(req) || req.get("x-user") === undefined) return null;
    return { kind: "staff", ...ACCOUNT, authenticatedAt: Number(req.get("x-logged-in-at")) };
  }

  const garim = await createGarim({
    ...base,
    identify,
    signOut: (req) => proxy.logOut(req.get("x-log-in") ?? ""),
  });
  const app = express();
  mountMarket(app, garim, identify);
  const direct = await serve(app);
  return { origin: await serve(proxy.listener), direct, clock, close: () => close(garim) };
}

tellStory("a plain header behind a trusted proxy", openHost, ({ host }) => {
  it("[V4.1.3 V15.3.4] [P4] believes the header neither of a browser nor of who comes around the proxy", async () => {
    const { origin, direct, clock } = host();
    const headers = { "x-user": "anna", "x-logged-in-at": String(clock.now), "x-proxy-secret": "guess" };
    for (const address of [direct, origin]) {
      const answer = await fetch(`${address}/line`, { headers });
      expect([answer.status, await answer.json()]).toEqual([401, NOBODY]);
    }
  });
});

const NOBODY: unknown = expect.objectContaining({ reason: "not-logged-in" });
