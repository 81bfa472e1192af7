import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openWorkbook } from "@garim/workbook";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tracesIn } from "../fixtures/canary.ts";
import {
  begin,
  type DownloadShop,
  fetchFile,
  openDownloadShop,
  PASSWORD,
  settled,
} from "../fixtures/download-shop.ts";
import { lineOf, type Person } from "../fixtures/shop.ts";

describe("X2: a file where it lies, and where it goes", () => {
  let held: DownloadShop;
  let person: Person;

  beforeAll(async () => {
    held = await openDownloadShop();
    person = await held.enter();
  });
  afterAll(() => held.close());

  it.each(["xlsx", "csv-zip"])("[X2] never holds a clear byte on disk while a %s is made", async (format) => {
    const seen: Buffer[] = [];
    const look = (): void => {
      for (const name of readdirSync(held.folder)) seen.push(readFileSync(join(held.folder, name)));
    };
    held.count = () => 1_000;
    held.rows = () =>
      (async function* () {
        for (let i = 0; i < 2_500; i++) {
          if (i % 250 === 0) look();
          yield lineOf({ orderNo: `${i}-${Math.random()}`, confirmedAt: null });
        }
        look();
      })();
    const begun = await begin(person, { format });
    expect((await settled(person, begun.id)).state).toBe("ready");
    look();
    expect(seen.some(({ length }) => length > 10_000)).toBe(true);
    expect(tracesIn(Buffer.concat(seen))).toEqual([]);
    const answer = await fetchFile(person, begun);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(tracesIn(bytes)).toEqual([]);
    if (format === "xlsx") {
      expect((await openWorkbook(bytes, PASSWORD)).mark).toBe(begun.id);
      await expect(openWorkbook(bytes, `${PASSWORD} `)).rejects.toMatchObject({
        code: "ERR_GARIM_WORKBOOK_PASSWORD",
      });
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      await expect(openWorkbook(bytes, PASSWORD)).rejects.toMatchObject({
        code: "ERR_GARIM_WORKBOOK_DAMAGED",
      });
    } else {
      expect(bytes.subarray(0, 2).toString()).toBe("PK");
      expect(answer.headers.get("content-type")).toBe("application/zip");
    }
  });
});
