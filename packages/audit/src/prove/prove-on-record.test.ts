import { createHash } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { KEYS, NOW, samplePage } from "../../test/sample.ts";
import { makeSealedLog, ORIGIN, SIGNER } from "../../test/sealed-log.ts";
import type { Asker } from "../desk/asker.ts";
import { type AccessLog, createAccessLog } from "../log.ts";
import { checkBundle } from "./check-bundle.ts";
import { proveOnRecord } from "./prove-on-record.ts";

const ASKER: Asker = {
  actor: { kind: "auditor", id: "kim", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "203.0.113.9", agent: null },
  route: "GET /auditor/proof",
};

const database = new PGlite();
let log: AccessLog;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const sealed = await makeSealedLog(database);
  await sealed.append([
    samplePage(1),
    samplePage(0, { actor: { kind: "staff", id: "ben", sellerId: "seller-4" } }),
  ]);
  await sealed.seal();
  await sealed.close();
  vi.useRealTimers();
  log = await createAccessLog({ database, keys: KEYS });
});

afterAll(async () => {
  await log.close();
  await database.close();
});

/** What kim has on record, oldest first. */
async function onRecord() {
  const { entries } = await log.find({ actor: "kim" });
  return entries.toReversed().map(({ access }) => access);
}

describe("proveOnRecord", () => {
  it("has the question on record, then the file that leaves", async () => {
    const { bundle, text, file, record } = await proveOnRecord(
      { log, database, asker: ASKER, clock: () => NOW },
      { record: 1 },
    );
    expect(JSON.parse(text)).toEqual(bundle);
    expect(checkBundle(bundle, { keys: [SIGNER.verifierKey], origin: ORIGIN })).toMatchObject({
      isProven: true,
    });
    expect(file).toEqual({
      sha256: createHash("sha256").update(text).digest("hex"),
      sizeBytes: Buffer.byteLength(text),
    });
    const [asked, left] = await onRecord();
    expect(asked).toMatchObject({
      at: NOW,
      action: "log-query",
      detail: { verb: "prove", record: "1", checkpoint: "newest" },
    });
    expect(left).toMatchObject({
      action: "export-log",
      file,
      detail: { verb: "prove", format: "bundle", seq: 1 },
    });
    expect(record.seq).toBe(4);
  });

  it("has a question on record that finds nothing, and records nothing of what is none", async () => {
    const before = (await onRecord()).length;
    await expect(proveOnRecord({ log, database, asker: ASKER }, { record: 999 })).rejects.toThrow(
      /holds no record 999/,
    );
    expect((await onRecord()).slice(before)).toMatchObject([
      { action: "log-query", detail: { record: "999" } },
    ]);
    await expect(proveOnRecord({ log, database, asker: ASKER }, { record: "010-1234-5678" })).rejects.toThrow(
      /by its place/,
    );
    expect(await onRecord()).toHaveLength(before + 1);
  });

  it("proves nothing without its record", async () => {
    const failing = { append: () => Promise.reject(new Error("full")) };
    await expect(proveOnRecord({ log: failing, database, asker: ASKER }, { record: 1 })).rejects.toThrow(
      "full",
    );
    let count = 0;
    const once = {
      append: (access: Parameters<AccessLog["append"]>[0]) =>
        count++ === 0 ? log.append(access) : Promise.reject(new Error("full")),
    };
    await expect(proveOnRecord({ log: once, database, asker: ASKER }, { record: 1 })).rejects.toThrow("full");
  });

  it("proves of other sellers' records nothing to whoever may see one seller's", async () => {
    const asker = { ...ASKER, within: { sellerId: "seller-4" } };
    expect((await proveOnRecord({ log, database, asker }, { record: 2 })).bundle.seq).toBe(2);
    await expect(proveOnRecord({ log, database, asker }, { record: 1 })).rejects.toThrow(/holds no record 1/);
  });
});
