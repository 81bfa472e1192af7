import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  ASK,
  begin,
  type DownloadShop,
  fetchFile,
  openDownloadShop,
  settled,
} from "../fixtures/download-shop.ts";
import { sum } from "../fixtures/factors.ts";
import { lineOf, type Person } from "../fixtures/shop.ts";

describe("[T5] a download, while something is out", () => {
  const real = new PGlite();
  let held: DownloadShop;
  let person: Person;
  /** What fails of the database. */
  let isOut: (text: string) => boolean = () => false;

  beforeAll(async () => {
    held = await openDownloadShop({
      garim: {
        database: {
          query: async (text, values) => {
            if (isOut(text)) throw Object.assign(new Error("disk full"), { code: "53100" });
            return await real.query(text, values);
          },
        },
      },
    });
    held.rows = () => [lineOf()];
  });
  beforeEach(async () => {
    isOut = () => false;
    person = await held.enter();
  });
  afterAll(async () => {
    await held.close();
    await real.close();
  });

  const ofLog = (text: string) => text.includes("garim.append");
  const ofLedger = (text: string) => text.includes("garim.download");

  it.each([
    ["the log", ofLog],
    ["the ledger", ofLedger],
  ])("does not begin without %s", async (_, what) => {
    isOut = what;
    const answer = await person.post("/exports", ASK);
    expect([await sum(answer), answer.headers.get("retry-after")]).toEqual(["503 unavailable", "5"]);
    isOut = () => false;
    expect((await settled(person, (await begin(person)).id)).state).toBe("ready");
  });

  it.each([
    ["the log", ofLog],
    ["the ledger", ofLedger],
  ])("does not leave without %s, and may be fetched once it is back", async (_, what) => {
    const begun = await begin(person);
    await settled(person, begun.id);
    isOut = what;
    const answer = await fetchFile(person, begun);
    expect(await sum(answer)).toBe("503 unavailable");
    expect(answer.headers.get("content-disposition")).toBeNull();
    isOut = () => false;
    expect((await fetchFile(person, begun)).status).toBe(200);
  });

  it("is not made where a page of it cannot be recorded", async () => {
    let appends = 1;
    isOut = (text) => ofLog(text) && appends-- <= 0;
    const { id } = await begin(person);
    expect(await settled(person, id)).toMatchObject({ state: "failed", reason: "unavailable", file: null });
    expect(held.spooled(id)).toHaveLength(0);
  });
});
