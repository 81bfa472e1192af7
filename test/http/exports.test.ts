import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { read } from "../fixtures/factors.ts";
import { enrolledPerson, mountPrivacy, openShop, type Person, type Shop } from "../fixtures/shop.ts";

const WANTED = { verb: "records", format: "ndjson" };
const MONTH = "2020-01";
/** How the log is read for what goes out. */
const READS = /^select r\.seq::text/;

describe("an export of the access log, where something happens meanwhile", () => {
  const real = new PGlite();
  let shop: Shop;
  let port: number;
  let auditor: Person;
  let count = 0;
  /** What happens when the log is read for it, and how many more records the database takes. */
  let meanwhile: () => Promise<unknown> = async () => undefined;
  let appends = Number.POSITIVE_INFINITY;
  /** Called as somebody hangs up, or is answered. */
  let hungUp: () => void = () => undefined;

  beforeAll(async () => {
    shop = await openShop(
      (app, garim) => {
        app.use((_req, res, next) => {
          res.once("close", () => hungUp());
          next();
        });
        mountPrivacy(app, garim);
        app.use("/auditor", garim.auditor());
      },
      {
        database: {
          query: async (text, values) => {
            if (text.includes("garim.append") && appends-- <= 0)
              throw Object.assign(new Error("disk full"), { code: "53100" });
            if (READS.test(text)) {
              const happens = meanwhile;
              meanwhile = async () => undefined;
              await happens();
            }
            return await real.query(text, values);
          },
        },
      },
    );
    port = await shop.listen();
  });
  beforeEach(async () => {
    appends = Number.POSITIVE_INFINITY;
    meanwhile = async () => undefined;
    auditor = await enrolledPerson(shop, port, `auditor/exporter-${count++}`);
  });
  afterAll(async () => {
    await shop.close();
    await real.close();
  });

  const exportsOnRecord = async (): Promise<number> =>
    (await shop.garim.log.find({ actor: `exporter-${count - 1}`, actions: ["export-log"], outcome: "done" }))
      .entries.length;

  it("leaves, and is on record, where nothing does", async () => {
    expect((await auditor.post("/auditor/exports", WANTED)).status).toBe(200);
    expect(await exportsOnRecord()).toBe(1);
  });

  it.each([
    ["the question", 0],
    ["the file", 1],
  ])("[T5] does not leave where %s cannot be recorded", async (_, taken) => {
    appends = taken;
    const answer = await auditor.post("/auditor/exports", WANTED);
    expect([answer.status, (await read(answer))["reason"]]).toEqual([503, "unavailable"]);
    expect(answer.headers.get("content-disposition")).toBeNull();
    appends = Number.POSITIVE_INFINITY;
    expect(await exportsOnRecord()).toBe(0);
  });

  it("does not leave where the auditor has signed out", async () => {
    const other = { ...auditor.headers };
    meanwhile = async () => {
      const headers = { ...other, "content-type": "application/json" };
      await fetch(`http://127.0.0.1:${port}/privacy/sign-out`, { method: "POST", headers, body: "{}" });
      shop.clock.now += 1_001;
    };
    const answer = await auditor.post("/auditor/exports", WANTED);
    expect([answer.status, (await read(answer))["reason"]]).toEqual([401, "log-in-again"]);
    expect(await exportsOnRecord()).toBe(0);
  });

  it.each([
    ["of the log", "/auditor/exports", WANTED],
    ["of a leak's scope", "/auditor/scope", { staff: "anna" }],
    ["of a month's account", "/auditor/review/show", { month: MONTH }],
  ])(
    "[A6] %s is on record as asked for, and made no further, where the auditor hangs up",
    async (_, path, body) => {
      await auditor.post("/auditor/review/begin", { month: MONTH });
      const gone = new AbortController();
      const closed = new Promise<void>((resolve) => {
        hungUp = resolve;
      });
      meanwhile = async () => {
        gone.abort();
        await closed;
      };
      const asked = fetch(`http://127.0.0.1:${port}${path}`, {
        method: "POST",
        headers: { ...auditor.headers, "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: gone.signal,
      });
      await expect(asked).rejects.toThrow();
      await closed;
      expect((await auditor.post(path, body)).status).toBe(200);
      // Of both on record as asked for, the one that was waited for is there.
      const actor = `exporter-${count - 1}`;
      const { entries } = await shop.garim.log.find({ actor, actions: ["log-query"] });
      expect([entries.length, await exportsOnRecord()]).toEqual([2, 1]);
    },
  );
});
