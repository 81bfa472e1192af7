import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Database, Garim } from "@garim/express";
import express, { type Express } from "express";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { KEEPER, openToolShop, type ToolShop } from "../fixtures/tool-shop.ts";
import { startPostgresOrSkip } from "../services/postgres.ts";

const OWNER = { kind: "staff", id: "anna", sellerId: "S1" } as const;

/** What a marketplace's back office asks of Garim, each on a route of its own that has no guard and catches nothing. */
const QUESTIONS: Readonly<Record<string, (garim: Garim) => unknown>> = {
  "the log's records": ({ log }) => log.find({}),
  "how many records there are": ({ log }) => log.count({}),
  "an auditor's question": ({ log }) => log.desk(KEEPER).ask({ verb: "find", filter: {} }),
  "an account": ({ staff }) => staff.view(OWNER),
  "the end of somebody's sessions": ({ staff }) => staff.endSessions(OWNER),
  "a list of tools": ({ tools }) => tools.tools.list(),
  "whether a token was issued": ({ tools }) => tools.issued.isIssued("some"),
  "a new key": ({ tools }) => tools.keys.rotate({ owner: "platform", by: null }),
  "the end of an agreement": ({ tools }) => tools.register.endAgreement("some", KEEPER),
  "what must be destroyed": ({ tools }) => tools.purges.owed({ dueBefore: 0 }),
  "a privacy policy": ({ registers }) => registers.policies.find("S1"),
  "who has to learn": ({ registers }) => registers.education.list({}, Date.now()),
};

const HANDLERS = ["garim.errors()", "Express's own"] as const;
type Handler = (typeof HANDLERS)[number];

interface Told {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

const postgres = await startPostgresOrSkip("a host's own routes while PostgreSQL is out", {
  mustBeOwn: true,
});

describe.skipIf(postgres === undefined)("[T5] a host's own routes", () => {
  const servers: Server[] = [];
  const ports = new Map<Handler, number>();
  let pool: Pool;
  let shop: ToolShop;

  beforeAll(async () => {
    pool = new Pool({ connectionString: postgres?.url, max: 8 }).on("error", () => undefined);
    const seller = (id: string) => ({ name: id, officer: { name: "privacy", contact: "p@s1.example" } });
    shop = await openToolShop(() => undefined, {}, { database: pool as Database, duties: { seller } });
    await serve("garim.errors()", (app) => app.use(shop.garim.errors()));
    await serve("Express's own", () => undefined);
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await shop?.close();
    await pool?.end();
    await postgres?.stop();
  });

  async function serve(handler: Handler, finish: (app: Express) => void): Promise<void> {
    const app = express();
    for (const [index, ask] of Object.values(QUESTIONS).entries())
      app.get(`/${index}`, async (_req, res) => void res.json({ asked: typeof (await ask(shop.garim)) }));
    finish(app);
    const server = app.listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    ports.set(handler, (server.address() as AddressInfo).port);
  }

  /** All at once: each waits for the database as long as it may. */
  async function askAll(handler: Handler): Promise<readonly (readonly [string, Told])[]> {
    const asked = Object.keys(QUESTIONS).map(async (question, index) => {
      const answer = await fetch(`http://127.0.0.1:${ports.get(handler)}/${index}`);
      const told = { status: answer.status, retryAfter: answer.headers.get("retry-after") };
      return [question, { ...told, text: await answer.text() }] as const;
    });
    return await Promise.all(asked);
  }

  const allAnswer = async (): Promise<void> => {
    for (const handler of HANDLERS)
      for (const [question, { status, text }] of await askAll(handler))
        expect([question, status, text]).toEqual([question, 200, expect.stringContaining("asked")]);
  };

  it("answer 503 with Retry-After while PostgreSQL is out, by whichever error handler, and then again what was asked", async () => {
    await allAnswer();
    await postgres?.kill();
    // What a node has a copy of it tells for a second more.
    await vi.waitFor(() => expect(() => shop.garim.tools.tools.list()).toThrow("not confirmed"));
    const [ours, express] = await Promise.all(HANDLERS.map(askAll));
    for (const [question, { status, retryAfter, text }] of ours ?? []) {
      expect([question, status, retryAfter]).toEqual([question, 503, "5"]);
      expect(JSON.parse(text)).toMatchObject({
        reason: "unavailable",
        code: expect.stringMatching(/^ERR_GARIM_(STATE|LOG)_UNAVAILABLE$/),
      });
    }
    for (const [question, { status, retryAfter }] of express ?? [])
      expect([question, status, retryAfter]).toEqual([question, 503, "5"]);
    await postgres?.restart();
    await vi.waitFor(allAnswer, { timeout: 60_000, interval: 200 });
  }, 120_000);
});
