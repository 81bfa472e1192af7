import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEYS, NOW, samplePage } from "../../test/sample.ts";
import type { Asker } from "../desk/asker.ts";
import { type AccessLog, createAccessLog } from "../log.ts";
import { showRecord } from "./show-record.ts";

const ASKER: Asker = {
  actor: { kind: "auditor", id: "kim", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "203.0.113.9", agent: null },
  route: "POST /auditor/record",
};

const database = new PGlite();
let log: AccessLog;
let id: string;

beforeAll(async () => {
  log = await createAccessLog({ database, keys: KEYS });
  ({ id } = await log.append(samplePage(2)));
  await log.append(samplePage(0, { outcome: "refused", reason: "role-lacks-action" }));
});
afterAll(async () => {
  await log.close();
  await database.close();
});

const desk = (asker = ASKER) => ({ log, database, asker, clock: () => NOW });

describe("showRecord", () => {
  it("shows what was decided in Korean and English, and that it comes out the same again", async () => {
    const { entry, decisions, because, isSameAgain, batch } = await showRecord(desk(), 1);
    expect([entry.seq, entry.id, batch, because]).toEqual([1, id, 1, null]);
    expect(decisions).toHaveLength(2);
    expect(decisions[0]?.words.ko).toMatch(/[가-힣].*근거: /);
    expect(decisions[0]?.words.en).toMatch(/Rule: /);
    expect(typeof isSameAgain).toBe("boolean");
  });

  it("says why something was refused; where nothing was decided nothing comes out again", async () => {
    const { because, decisions, isSameAgain } = await showRecord(desk(), "2");
    expect([because?.en.length ?? 0, decisions, isSameAgain]).toEqual([expect.any(Number), [], null]);
    expect(because?.ko).toMatch(/[가-힣]/);
  });

  it("finds a record by its id, and has the question on record", async () => {
    const { entry, record } = await showRecord(desk(), id);
    expect(entry.seq).toBe(1);
    const { entries } = await log.find({}, { limit: 1 });
    expect(entries[0]).toMatchObject({
      seq: record.seq,
      access: { action: "log-query", actor: { id: "kim" }, detail: { verb: "record", record: id } },
    });
  });

  it("tells who may see one seller nothing of another's, as if it were not there", async () => {
    const own = desk({ ...ASKER, within: { sellerId: "seller-3" } });
    expect((await showRecord(own, 1)).entry.seq).toBe(1);
    const other = desk({ ...ASKER, within: { sellerId: "seller-4" } });
    const told = async (of: ReturnType<typeof desk>, record: number) =>
      await showRecord(of, record).catch((error: Error) => error.message.replaceAll(String(record), "N"));
    expect(await told(other, 1)).toBe(await told(other, 999));
  });

  it.each(["", "x", 0, -1, "1.5"])("refuses %j, and records nothing of it", async (record) => {
    const { entries: before } = await log.find({}, { limit: 1 });
    await expect(showRecord(desk(), record)).rejects.toMatchObject({ code: "ERR_GARIM_QUERY_INVALID" });
    expect((await log.find({}, { limit: 1 })).entries[0]?.seq).toBe(before[0]?.seq);
  });
});
