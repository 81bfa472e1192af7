import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { KEYS, samplePage } from "../../test/sample.ts";
import { makeSealedLog, ORIGIN } from "../../test/sealed-log.ts";
import { createAccessLog } from "../log.ts";
import { noteVerified, readLogStatus } from "./log-status.ts";

const database = new PGlite();

beforeAll(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterAll(async () => {
  vi.useRealTimers();
  await database.close();
});

describe("readLogStatus", () => {
  it("knows nothing of a log in which nothing is", async () => {
    await (await createAccessLog({ database, keys: KEYS })).close();
    expect(await readLogStatus(database)).toEqual({
      records: 0,
      recordedAt: null,
      checkpoint: null,
      verified: null,
      behind: null,
    });
  });

  it("tells the end of the log, and up to which record it is signed", async () => {
    const sealed = await makeSealedLog(database);
    await sealed.append([samplePage(1), samplePage(1)]);
    await sealed.seal();
    await sealed.append([samplePage(1)]);
    const status = await readLogStatus(database);
    expect(status).toMatchObject({
      records: 3,
      checkpoint: { origin: ORIGIN, size: 1, until: 2 },
      verified: null,
    });
    expect(Math.abs((status.recordedAt ?? 0) - Date.now())).toBeLessThan(3_600_000);
    await sealed.close();
  });

  it("tells who verified last, and what came of it", async () => {
    const proven = { records: 2, until: { place: 2, moment: null } };
    await noteVerified(database, "copy one", { isIntact: true, proven });
    await noteVerified(database, "copy two", { isIntact: false, proven: { records: 0, until: null } });
    expect((await readLogStatus(database)).verified).toEqual({
      at: expect.any(Number),
      place: "copy two",
      isIntact: false,
      records: 0,
      until: null,
    });
  });

  it("tells how many records a replica lacks, and nothing of one that cannot be asked", async () => {
    const has = (last: number) => ({ query: async () => ({ rows: [{ last: String(last) }] }) });
    expect((await readLogStatus(database, has(1))).behind).toBe(2);
    expect((await readLogStatus(database, has(9))).behind).toBe(0);
    const out = { query: () => Promise.reject(new Error("down")) };
    expect(await readLogStatus(database, out)).toMatchObject({ records: 3, behind: null });
  });

  it("takes a checkpoint that somebody wrote over for none", async () => {
    await database.query("update garim.log_checkpoint set note = 'nothing'");
    expect((await readLogStatus(database)).checkpoint).toBeNull();
  });

  it("says so where the database is out", async () => {
    const out = { query: () => Promise.reject(new Error("down")) };
    await expect(readLogStatus(out)).rejects.toMatchObject({ code: "ERR_GARIM_LOG_UNAVAILABLE" });
  });
});
