import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filePlace, type GarimOptions } from "@garim/express";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInAgain, stepUp } from "../fixtures/factors.ts";
import { freshKeys } from "../fixtures/keys.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  OWNER,
  orderLine,
  type Person,
  tidy,
} from "../fixtures/shop.ts";
import { openToolShop, type ToolShop } from "../fixtures/tool-shop.ts";
import { startPgBouncerOrSkip } from "../services/pgbouncer.ts";
import { startPostgresOrSkip } from "../services/postgres.ts";

const WHAT = "two nodes behind PgBouncer in transaction mode";
const postgres = await startPostgresOrSkip(WHAT, { mustBeOwn: true });
const bouncer = await startPgBouncerOrSkip(WHAT, postgres);
const folder = mkdtempSync(join(tmpdir(), "garim-bounced-"));

interface Node {
  readonly shop: ToolShop;
  readonly port: number;
  readonly pool: Pool;
}

describe.skipIf(bouncer === undefined)(WHAT, () => {
  const keys = freshKeys();
  let one: Node;
  let other: Node;

  async function openNode(): Promise<Node> {
    const pool = new Pool({ connectionString: bouncer?.url, max: 10 });
    pool.on("error", () => undefined);
    const options: Partial<GarimOptions> = {
      database: pool,
      keys,
      checkpoints: { origin: "shop.example/access-log", places: [filePlace(join(folder, "place"))] },
    };
    const shop = await openToolShop(
      (app, garim) => {
        app.use("/health", garim.health());
        mountPrivacy(app, garim);
        const guard = garim.reveal([orderLine], { purpose: "fulfilment", tools: "orders.read" });
        app.get("/lines", guard, (_req, res) => void res.json([tidy(lineOf({ confirmedAt: null }))]));
        app.use("/auditor", garim.auditor());
      },
      {},
      options,
    );
    return { shop, port: await shop.listen(), pool };
  }

  beforeAll(async () => {
    one = await openNode();
    other = await openNode();
  }, 120_000);
  afterAll(async () => {
    for (const { shop, pool } of [one, other]) {
      await shop?.close();
      await pool?.end();
    }
    await bouncer?.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The same person's browser, sent to another node. */
  const at = (person: Person, { port }: Node): Person => {
    const moved = logInAgain(person, port, Number(person.headers["x-authenticated-at"]));
    Object.assign(moved.headers, person.headers);
    return moved;
  };

  it("keeps a session and its second factor over both nodes, many at once", async () => {
    const person = await enrolledPerson(one.shop, one.port, OWNER);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => at(person, i % 2 ? one : other).get("/lines")),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ headers }) => headers.get("garim-record"))).size).toBe(60);
    const proved = await stepUp(person, one.shop);
    expect(proved.status).toBe(200);
    other.shop.clock.now = one.shop.clock.now;
    const signedOut = await at(person, other).post("/privacy/sign-out", {});
    expect(signedOut.status).toBe(204);
    one.shop.clock.now += 1_000;
    other.shop.clock.now += 1_000;
    expect((await person.get("/lines")).status).toBe(401);
  });

  it("has grants, tokens and their end known on both nodes within a second", async () => {
    const tool = await one.shop.makeTool();
    const id = await one.shop.grant(tool, "S1");
    const token = await tool.mint();
    const asking = other.shop.asking(tool);
    await expect.poll(async () => (await asking.get("/lines", token)).status).toBe(200);
    const by = { kind: "staff", id: "anna", sellerId: "S1" } as const;
    await one.shop.garim.tools.grants.revoke(id, by);
    await expect
      .poll(async () => (await asking.get("/lines", token)).headers.get("garim-left-out"))
      .toContain("grant");
  });

  it("answers an auditor, with the question on record first", async () => {
    const auditor = await enrolledPerson(other.shop, other.port, "auditor/audrey");
    const answer = await auditor.get("/auditor/records?action=view&limit=100");
    expect(answer.status).toBe(200);
    const { entries, behind } = (await answer.json()) as { entries: unknown[]; behind: number };
    expect(entries.length).toBeGreaterThan(60);
    expect(behind).toBe(0);
    const { entries: newest } = await one.shop.garim.log.find({}, { limit: 1 });
    expect(newest[0]?.access.action).toBe("log-query");
  });

  it("seals the log, one node at a time, and leaves nothing of a session on a connection", async () => {
    await expect
      .poll(async () => {
        const { rows } = await one.pool.query(
          "select (select max(size) from garim.log_checkpoint) = (select batches from garim.log_head) as sealed",
        );
        return rows[0].sealed;
      })
      .toBe(true);
    const { rows } = await one.pool.query(
      "select count(*)::int as count from pg_locks where locktype = 'advisory'",
    );
    expect(rows).toEqual([{ count: 0 }]);
    const { rows: left } = await one.pool.query(
      "select name from pg_settings where source = 'session' and name !~ '^(application_name|client_encoding|DateStyle)$'",
    );
    expect(left).toEqual([]);
    expect((await fetch(`http://127.0.0.1:${other.port}/health/ready`)).status).toBe(200);
  });
});
