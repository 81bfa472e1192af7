import { createHash } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { subject } from "@garim/policy";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  ASK,
  begin,
  type DownloadShop,
  fetchFile,
  openDownloadShop,
  PASSWORD,
  settled,
} from "../fixtures/download-shop.ts";
import { logInAgain, read, stepUp, sum } from "../fixtures/factors.ts";
import { lineOf, type Person, personOf } from "../fixtures/shop.ts";

const MINUTE = 60_000;

/** Whom the lines of these tests are of. */
let buyers = 0;

describe("a download", () => {
  const real = new PGlite();
  let held: DownloadShop;
  let person: Person;
  let buyerId: string;
  /** What fails of the database. */
  let isOut: (text: string) => boolean = () => false;

  beforeAll(async () => {
    const query: PGlite["query"] = async (text, values) => {
      if (isOut(text)) throw Object.assign(new Error("disk full"), { code: "53100" });
      return await real.query(text, values);
    };
    held = await openDownloadShop({ route: { fileName: '주문/"목록"' }, garim: { database: { query } } });
  });
  beforeEach(async () => {
    isOut = () => false;
    person = await held.enter();
    buyerId = `buyer-${buyers++}`;
    held.count = () => 1;
    held.rows = () => [lineOf({ buyerId, confirmedAt: null }), lineOf({ buyerId })];
  });
  afterAll(async () => {
    await held.close();
    await real.close();
  });

  const recordsOf = async (id: string) => {
    const { entries } = await held.shop.garim.log.find({ seller: "S1" }, { limit: 200 });
    return entries.map(({ access }) => access).filter(({ detail }) => detail?.["download"] === id);
  };

  it("is asked for, made and fetched once, whole", async () => {
    const begun = await begin(person);
    const told = await settled(person, begun.id);
    expect(told).toMatchObject({
      state: "ready",
      reason: null,
      rows: 2,
      masked: 1,
      withheld: 0,
      subjects: 1,
      percent: 100,
    });
    const file = await fetchFile(person, begun);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(told.file?.sha256);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      "cache-control": "no-store",
      "accept-ranges": "none",
      "content-length": String(bytes.length),
      "x-content-type-options": "nosniff",
    });
    expect(file.headers.get("etag")).toBeNull();
    const again = await fetchFile(person, begun);
    expect([again.status, (await read(again))["reason"]]).toEqual([410, "download-link-ended"]);
    await expect.poll(() => held.spooled(begun.id).length).toBe(0);
  });

  it("[notice-2026-9/8-1] is on record before it can leave: each row by its buyer, the file by its hash, the fetching", async () => {
    const begun = await begin(person);
    const { file } = await settled(person, begun.id);
    const found = await held.shop.garim.log.find({ subject: subject.buyer(buyerId) });
    expect(found.entries.map(({ access }) => [access.action, access.outcome, access.surface])).toEqual([
      ["download", "disclosed", "download"],
    ]);
    expect(found.entries[0]?.access.records.map(({ disclosure }) => disclosure.kind)).toEqual([
      "reveal",
      "mask",
    ]);
    await (await fetchFile(person, begun)).arrayBuffer();
    const records = await recordsOf(begun.id);
    expect(records.map(({ action, outcome }) => `${action} ${outcome}`).reverse()).toEqual([
      "ask-download done",
      "download disclosed",
      "download done",
      "fetch-download done",
    ]);
    for (const record of records) expect(record).toMatchObject({ purpose: ASK.why });
    const [fetched, made] = records;
    expect([fetched?.file, made?.file]).toEqual([file, file]);
    expect(made?.detail).toMatchObject({ rows: 2, masked: 1, withheld: 0, subjects: 1, purpose: "shipping" });
  });

  it("[notice-2026-9/7-5] leaves its password nowhere: not in the handler, the ledger, the log, the diagnostics", async () => {
    let seen: unknown;
    const given = held.rows;
    held.rows = (body) => {
      seen = body;
      return given(body);
    };
    const begun = await begin(person);
    await settled(person, begun.id);
    expect(seen).toMatchObject({ purpose: "shipping" });
    const { rows } = await held.shop.database.query(
      "select d::text as row from garim.download d union all select encode(body, 'escape') from garim.log_record",
    );
    const { diagnostics, recordLines } = held.shop;
    expect(JSON.stringify([seen, rows, diagnostics, recordLines])).not.toContain(PASSWORD.slice(0, 8));
    expect(held.spooled().toString("latin1")).not.toContain(PASSWORD);
  });

  it("[V5.4.1 V5.4.2] [P3] has a name in any script, and nothing of it leads out of a folder or a header", async () => {
    const begun = await begin(person);
    await settled(person, begun.id);
    const { headers } = await fetchFile(person, begun);
    expect(headers.get("content-disposition")).toBe(
      `attachment; filename="____-2026-11-22.xlsx"; filename*=UTF-8''${encodeURIComponent("주문목록-2026-11-22.xlsx")}`,
    );
  });

  it("is not taken by a look (HEAD), by part (Range) or without its key", async () => {
    const begun = await begin(person);
    const { file } = await settled(person, begun.id);
    const path = `/exports/${begun.id}/file?key=${begun.link}`;
    const ask = (init: RequestInit, url = path) =>
      fetch(`http://127.0.0.1:${held.port}${url}`, {
        ...init,
        headers: { ...person.headers, ...(init.headers as Record<string, string>) },
      });
    const head = await ask({ method: "HEAD" });
    expect([head.status, head.headers.get("allow")]).toEqual([405, "GET"]);
    for (const url of [`/exports/${begun.id}/file`, `${path}x`, `${path}&key=x`, path.replace(/key/, "Key")])
      expect((await ask({}, url)).status).not.toBe(200);
    const whole = await ask({ headers: { range: "bytes=0-9" } });
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, file?.sizeBytes]);
  });

  it("is fetched by nobody else, and by no other session of the same person", async () => {
    const begun = await begin(person);
    await settled(person, begun.id);
    const colleague = await held.enter("owner");
    const elsewhere = await held.enter("owner", "S2");
    held.shop.clock.now += MINUTE;
    const again = logInAgain(person, held.port, held.shop.clock.now);
    for (const other of [colleague, elsewhere, again, personOf(held.port, "buyer/b-1", held.shop.clock.now)])
      expect((await fetchFile(other, begun)).status).toBeGreaterThanOrEqual(401);
    // A proof meanwhile gives the session another id; it is the same log-in.
    expect((await stepUp(person, held.shop)).status).toBe(200);
    expect((await fetchFile(person, begun)).status).toBe(200);
  });

  it.each([
    [0, 200],
    [1, 410],
  ])(
    "[garim/download] waits ten minutes, the last millisecond included (%i ms later: %i)",
    async (late, status) => {
      const begun = await begin(person);
      const told = await settled(person, begun.id);
      held.shop.clock.now = Number(told["linkUntil"]) + late;
      expect((await fetchFile(person, begun)).status).toBe(status);
      if (status === 200) return;
      expect(await settled(person, begun.id)).toMatchObject({
        state: "expired",
        reason: "download-link-ended",
      });
      expect(held.spooled(begun.id)).toHaveLength(0);
      const [last] = await recordsOf(begun.id);
      expect(last).toMatchObject({ action: "download", outcome: "refused", reason: "download-link-ended" });
    },
  );

  it("is fetched once by many at the same moment", async () => {
    const begun = await begin(person);
    await settled(person, begun.id);
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetchFile(person, begun)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(410)]);
  });

  it("[A6] is gone where the client hangs up: on record, and not to be fetched again", async () => {
    const begun = await begin(person);
    await settled(person, begun.id);
    const gone = new AbortController();
    const answer = await fetch(`http://127.0.0.1:${held.port}/exports/${begun.id}/file?key=${begun.link}`, {
      headers: person.headers,
      signal: gone.signal,
    });
    gone.abort();
    await answer.arrayBuffer().catch(() => undefined);
    await expect.poll(() => held.spooled(begun.id).length).toBe(0);
    expect((await fetchFile(person, begun)).status).toBe(410);
    expect((await recordsOf(begun.id)).map(({ action }) => action)).toContain("fetch-download");
  });

  it("is in the ledger of who asked, and of who manages the seller's staff", async () => {
    const begun = await begin(person);
    await settled(person, begun.id);
    const idsOf = async (who: Person, query = "") =>
      ((await read(await who.get(`/exports${query}`)))["downloads"] as { id: string }[] | undefined)?.map(
        ({ id }) => id,
      );
    expect(await idsOf(person)).toEqual([begun.id]);
    expect(await idsOf(await held.enter("downloader"))).toEqual([]);
    expect(await idsOf(await held.enter("owner"))).toContain(begun.id);
    expect(await idsOf(await held.enter("owner", "S2"))).toEqual([]);
    const listed = JSON.stringify(await read(await person.get("/exports")));
    expect(listed).not.toContain(begun.link);
  });

  /** What the log, and what the ledger, asks of the database. */
  const ofLog = (text: string) => text.includes("garim.append");
  const ofLedger = (text: string) => text.includes("garim.download");

  it.each([
    ["the log", ofLog],
    ["the ledger", ofLedger],
  ])("[T5] does not begin without %s", async (_, what) => {
    isOut = what;
    const answer = await person.post("/exports", ASK);
    expect([await sum(answer), answer.headers.get("retry-after")]).toEqual(["503 unavailable", "5"]);
    isOut = () => false;
    expect((await settled(person, (await begin(person)).id)).state).toBe("ready");
  });

  it.each([
    ["the log", ofLog],
    ["the ledger", ofLedger],
  ])("[T5] does not leave without %s, and may be fetched once it is back", async (_, what) => {
    const begun = await begin(person);
    await settled(person, begun.id);
    isOut = what;
    const answer = await fetchFile(person, begun);
    expect(await sum(answer)).toBe("503 unavailable");
    expect(answer.headers.get("content-disposition")).toBeNull();
    isOut = () => false;
    expect((await fetchFile(person, begun)).status).toBe(200);
  });

  it("[T5] is not made where a page of it cannot be recorded", async () => {
    let appends = 1;
    isOut = (text) => ofLog(text) && appends-- <= 0;
    const { id } = await begin(person);
    expect(await settled(person, id)).toMatchObject({ state: "failed", reason: "unavailable", file: null });
    expect(held.spooled(id)).toHaveLength(0);
  });
});
