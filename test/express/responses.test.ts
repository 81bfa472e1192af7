import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RawAnswer, rawRequest } from "../fixtures/raw-http.ts";
import { openShop, orderLine, type Shop } from "../fixtures/shop.ts";
import { BODIES } from "./bodies.ts";
import type { ResponseCase } from "./case.ts";
import { FILES } from "./files.ts";
import { HEADS } from "./heads.ts";

/*
 * Express does not publish its own tests, so these say its documented behaviour again, method by method, and ask three apps: Express
 * alone, with Garim beside (its session in front, the route open), and with a guard that observes. All three have to answer the same.
 */

const CASES: readonly ResponseCase[] = [...BODIES, ...HEADS, ...FILES];

const folder = mkdtempSync(join(tmpdir(), "garim-express-"));
writeFileSync(join(folder, "name.txt"), "tobi");
writeFileSync(join(folder, ".hidden"), "secret");
writeFileSync(join(folder, "page.tmpl"), "<p>$name</p>");
mkdirSync(join(folder, "folder"));

/** Each case by its number: one route, so that it is observed once. */
function mountCases(app: Express, guards: readonly RequestHandler[]): void {
  app.locals["files"] = folder;
  app.set("views", folder);
  app.engine("tmpl", (path, options, callback) => {
    const name = String(
      (options as Record<string, unknown>)["name"] ??
        (options as { _locals?: Record<string, unknown> })._locals?.["name"],
    );
    callback(null, readFileSync(path, "utf8").replace("$name", name));
  });
  app.all("/case/:number", ...guards, async (req, res, next) => {
    await CASES[Number(req.params["number"])]?.answer(res, req, next);
  });
  app.use(((_req, res) => void res.status(404).end()) satisfies RequestHandler);
  app.use(((error, _req, res, _next) => {
    const { status = 500 } = error as { status?: number };
    if (!res.headersSent) res.status(status).end(String((error as Error).message));
  }) satisfies ErrorRequestHandler);
}

/** What differs from one moment to the next, or says that Garim is there. */
const PASSING = new Set(["date", "garim-observe", "connection", "keep-alive"]);

function comparable({ status, headers, body }: RawAnswer): object {
  const kept = [...headers].filter(([name]) => !PASSING.has(name)).toSorted();
  return { status, headers: kept, body: body.toString("utf8") };
}

describe("Express's response", () => {
  const servers: Server[] = [];
  let shop: Shop;
  let plain: number;
  let beside: number;
  let observed: number;

  const serve = async (app: Express): Promise<number> => {
    const server = app.listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };

  beforeAll(async () => {
    const alone = express();
    mountCases(alone, []);
    plain = await serve(alone);
    const other = express();
    shop = await openShop((app, garim) => {
      app.use(garim.session());
      const until = new Date(Date.parse("2026-11-25T00:00:00Z"));
      mountCases(app, [garim.reveal(orderLine, { purpose: "test", dangerouslyObserve: { until } })]);
      other.use(garim.session());
      mountCases(other, [garim.unguarded("Express's own behaviour is compared")]);
    });
    observed = await shop.listen();
    beside = await serve(other);
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await shop.close();
    rmSync(folder, { recursive: true });
  });

  const ask = (port: number, number: number): Promise<RawAnswer> => {
    const { method = "GET", headers = [], query = "" } = CASES[number]?.asked ?? {};
    const line = `${method} /case/${number}${query === "" ? "" : `?${query}`} HTTP/1.1`;
    return rawRequest(port, [line, "Host: x", ...headers].join("\r\n"));
  };

  it.each(CASES.map(({ name }, number) => [name, number] as const))("%s", async (_, number) => {
    const { status, headers = {}, body } = CASES[number] as ResponseCase;
    const answers = await Promise.all([plain, beside, observed].map((port) => ask(port, number)));
    const [first] = answers;
    expect(first?.status).toBe(status);
    for (const [name, value] of Object.entries(headers)) {
      const seen = first?.headers.get(name);
      if (value === null) expect(seen).toBeUndefined();
      else if (typeof value === "string") expect(seen).toBe(value);
      else expect(seen).toMatch(value);
    }
    if (body !== undefined)
      expect(first?.body.toString("utf8")).toEqual(
        expect.stringMatching(body instanceof RegExp ? body : exactly(body)),
      );
    for (const answer of answers.slice(1)) expect(comparable(answer)).toEqual(first && comparable(first));
    expect(answers[2]?.headers.get("garim-observe")).toMatch(/^until="2026-11-25/);
  });
});

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
