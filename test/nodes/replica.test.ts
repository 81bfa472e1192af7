import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";
import { type PostgresService, startPostgresOrSkip } from "../services/postgres.ts";

const WHAT = "auditors' questions on a replica";
const primary = await startPostgresOrSkip(WHAT, { mustBeOwn: true });
const PATIENT = { timeout: 60_000, interval: 50 };

interface Answer {
  readonly entries: readonly { readonly action: string }[];
  readonly behind: number;
}

describe.skipIf(primary === undefined)(WHAT, () => {
  let standby: PostgresService | undefined;
  let writing: Pool;
  let reading: Pool;
  let shop: Shop;
  let owner: Person;
  let auditor: Person;
  const asked: string[] = [];
  let unheard: Pool | undefined;

  const openPool = (url = ""): Pool => {
    const pool = new Pool({ connectionString: url, max: 4 });
    pool.on("error", () => undefined);
    return pool;
  };

  /** A pool nobody listens to yet: an error of it would end the process. */
  const openUnheard = (url = ""): Pool => new Pool({ connectionString: url, max: 1 });

  beforeAll(async () => {
    if (primary === undefined) return;
    standby = await startPostgresOrSkip(WHAT, { standbyOf: primary });
    writing = openPool(primary.url);
    reading = openPool(standby?.url);
    await vi.waitFor(async () => {
      const { rows } = await writing.query("select state from pg_stat_replication");
      expect(rows).toEqual([{ state: "streaming" }]);
    }, PATIENT);
    const query = reading.query.bind(reading) as (
      text: string,
      values?: unknown[],
    ) => Promise<{ rows: unknown[] }>;
    const auditorDatabase = Object.assign(openUnheard(standby?.url), {
      query: (text: string, values?: unknown[]) => {
        asked.push(text);
        return query(text, values);
      },
    });
    unheard = auditorDatabase;
    shop = await openShop(
      (app, garim) => {
        app.use("/health", garim.health());
        mountPrivacy(app, garim);
        app.get(
          "/line",
          garim.reveal(orderLine, { purpose: "test" }),
          (_req, res) => void res.json(tidy(lineOf())),
        );
        app.use("/auditor", garim.auditor());
      },
      { database: writing, auditorDatabase },
    );
    const port = await shop.listen();
    owner = await enrolledPerson(shop, port, OWNER);
    auditor = await enrolledPerson(shop, port, "auditor/audrey");
    await owner.get("/line");
  }, 120_000);
  afterAll(async () => {
    await shop?.close();
    await Promise.all([writing?.end(), reading?.end(), unheard?.end()]);
    await standby?.stop();
    await primary?.stop();
  });

  const ask = async (path: string): Promise<Answer & { readonly header: string | null }> => {
    const answer = await auditor.get(`/auditor/${path}`);
    expect(answer.status).toBe(200);
    return { ...((await answer.json()) as Answer), header: answer.headers.get("garim-behind") };
  };

  it("are asked through connections whose breaking ends no process", () => {
    expect(unheard?.listenerCount("error")).toBe(1);
  });

  it("are answered there, whole, and are on record at the primary before", async () => {
    asked.length = 0;
    const { entries, behind, header } = await ask("records?action=view");
    expect([entries.length, behind, header]).toEqual([1, 0, "0"]);
    expect(asked.some((text) => text.includes("from garim.log_record"))).toBe(true);
    const { entries: newest } = await shop.garim.log.find({}, { limit: 1 });
    expect(newest[0]?.access.action).toBe("log-query");
  });

  it("say how many records it lacks where it does not keep up, and a file is made of what is whole", async () => {
    await reading.query("select pg_wal_replay_pause()");
    try {
      for (let i = 0; i < 3; i++) await owner.get("/line");
      const { entries, behind, header } = await ask("records?action=view");
      expect([entries.length, behind, header]).toEqual([1, 3, "3"]);
      // The question's own record is one more.
      expect((await (await auditor.get("/auditor/status")).json()) as object).toMatchObject({ behind: 4 });
      const file = await auditor.post("/auditor/exports", {
        verb: "records",
        action: "view",
        format: "ndjson",
      });
      expect((await file.text()).trimEnd().split("\n")).toHaveLength(4);
    } finally {
      await reading.query("select pg_wal_replay_resume()");
    }
    await expect.poll(async () => (await ask("records?action=view")).behind, PATIENT).toBe(0);
  });

  it("are answered by the primary while the replica is away, which the node says", async () => {
    await standby?.kill();
    const { entries, behind } = await ask("records?action=view");
    expect([entries.length, behind]).toEqual([4, 0]);
    const port = new URL((await owner.get("/line")).url).port;
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: "degraded",
        checks: expect.arrayContaining([{ check: "replica", state: "warn", code: "replica-down" }]),
      },
    ]);
  });
});
