import { createHash } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { kindsOf, subject } from "@garim/policy";
import fc from "fast-check";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { anyFilter, fillLog, isMeant } from "../../test/random-log.ts";
import { NOW, sampleOrder, samplePage } from "../../test/sample.ts";
import type { LogEntry, RecordedDisclosure } from "../access.ts";
import { isDamaged } from "../ask/entry.ts";
import type { LogDatabase } from "../database.ts";
import type { Asker } from "../desk/asker.ts";
import { type AccessLog, createAccessLog } from "../log.ts";
import { makePseudonym, type PseudonymKey, type PseudonymKeys } from "../pseudonym.ts";
import type { BreachScope } from "./breach-scope.ts";
import { listContacts } from "./contacts.ts";
import { findBreachScope } from "./find-scope.ts";

const postgres = await startPostgresOrSkip("the scope of a leak on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 4 });
pool.on("error", () => undefined);
const pglite = new PGlite();

afterAll(async () => {
  await Promise.all([pool.end(), pglite.close()]);
  await postgres?.stop();
});

const ASKER: Asker = {
  actor: { kind: "auditor", id: "kim", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "local", agent: null },
  route: "garim scope",
};
const MONTHS: readonly PseudonymKey[] = ["2026-11", "2026-10"].map((id, i) => ({
  id,
  key: new Uint8Array(32).fill(7 + i),
}));

/** Keys of which the newest is the one of `month`. */
function turningKeys(): { readonly keys: PseudonymKeys; month: number } {
  const state = {
    month: 1,
    keys: { all: () => [...MONTHS.slice(state.month), ...MONTHS.slice(0, state.month)] },
  };
  return state;
}

/** Another order: nothing of it shown, or of nobody but its number. */
function orderOf(id: string, kind: "withhold" | "mask"): RecordedDisclosure {
  const { disclosure, ...rest } = sampleOrder(1);
  return {
    ...rest,
    schema: "parcel",
    subjects: [subject.order(id)],
    disclosure: { ...disclosure, kind, clear: 0 } as RecordedDisclosure["disclosure"],
  };
}

/** Counts as one would by hand, with a set of every pseudonym. */
function countByHand(entries: readonly LogEntry[]): Partial<BreachScope> {
  const answers = entries.filter(({ access }) => access.outcome !== "refused" && access.records.length > 0);
  const records = answers.flatMap(({ access }) => access.records);
  const kindOf = ({ disclosure }: (typeof records)[number]) =>
    disclosure.kind === "withhold" ? "withheld" : disclosure.clear === 0 ? "masked" : "clear";
  const shownOf = (type: string, keyId: string, isMeant = (_: (typeof records)[number]) => true) =>
    new Set(
      records
        .filter((record) => kindOf(record) !== "withheld" && isMeant(record))
        .flatMap(({ subjects }) => subjects)
        .filter((one) => one.type === type && one.keyId === keyId)
        .map(({ hex }) => hex),
    ).size;
  const rangeOf = (type: string, isMeant?: (record: (typeof records)[number]) => boolean) => {
    const counts = MONTHS.map(({ id }) => shownOf(type, id, isMeant));
    return { least: Math.max(...counts), most: counts.reduce((a, b) => a + b) };
  };
  const [buyer, phone] = [rangeOf("buyer"), rangeOf("phone")];
  const alone = rangeOf("order", ({ subjects }) => subjects.every(({ type }) => type === "order"));
  const moments = answers.map(({ access }) => access.at);
  return {
    read: entries.length,
    answers: answers.length,
    refused: entries.filter(({ access }) => access.outcome === "refused").length,
    records: {
      clear: records.filter((one) => kindOf(one) === "clear").length,
      masked: records.filter((one) => kindOf(one) === "masked").length,
      withheld: records.filter((one) => kindOf(one) === "withheld").length,
    },
    people: {
      least: Math.max(buyer.least, phone.least, alone.least),
      most: buyer.most + phone.most + alone.most,
    },
    kinds: kindsOf(records.reduce((set, { disclosure }) => set | disclosure.clear, 0)),
    first: moments.length === 0 ? null : expect.objectContaining({ at: Math.min(...moments) }),
    last: moments.length === 0 ? null : expect.objectContaining({ at: Math.max(...moments) }),
    downloads: answers.filter(({ access }) => access.action === "download").length,
    isWhole: true,
  };
}

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`findBreachScope on ${name}`, () => {
    const turning = turningKeys();
    let log: AccessLog;
    let all: LogEntry[];

    beforeAll(async () => {
      log = await createAccessLog({ database, keys: turning.keys });
      await fillLog(log, database, 500);
      turning.month = 0;
      const page = samplePage(3);
      const orders = [orderOf("o-1", "withhold"), orderOf("o-2", "mask"), orderOf("o-3", "mask")];
      await log.append({ ...page, at: NOW - 1, records: [...page.records, ...orders], key: "key-9" });
      await log.append({ ...page, actor: { kind: "tool", id: "ship", sellerId: "S9" }, key: "key-9" });
      await log.append({ ...page, outcome: "refused", reason: "download-window-closed", key: "key-9" });
      await log.append({
        ...samplePage(1),
        action: "download",
        key: "key-9",
        file: { sha256: "0".repeat(64), sizeBytes: 7 },
      });
      all = [];
      for await (const found of log.walk({})) if (!isDamaged(found)) all.push(found);
    });
    afterAll(() => log.close());

    it("counts what a look at every record counts, by whatever is asked", async () => {
      const moments = [...new Set(all.map(({ recordedAt }) => recordedAt))];
      let answers = 0;
      const property = fc.asyncProperty(anyFilter(moments), async ({ subject: _, ...filter }) => {
        fc.pre(Object.keys(filter).length > 0);
        const { scope } = await findBreachScope(log.desk(ASKER), { to: 8.64e15, ...filter });
        const meant = all.filter((entry) => isMeant(entry, filter, turning.keys));
        // The questions themselves are on record as well.
        const before = scope.read - meant.length;
        expect(before).toBeGreaterThanOrEqual(0);
        expect({ ...scope, read: scope.read - before }).toMatchObject(countByHand(meant));
        answers += scope.answers;
      });
      await fc.assert(property, { numRuns: 25 });
      expect(answers).toBeGreaterThan(50);
    }, 120_000);

    it("tells people of two months apart as a range, recipients and lone orders counted", async () => {
      const { scope } = await findBreachScope(log.desk(ASKER), { key: "key-9" });
      expect(scope).toMatchObject({
        answers: 3,
        refused: 1,
        downloads: 1,
        people: { least: 3, most: 8 },
        subjects: [
          {
            type: "buyer",
            least: 3,
            most: 3,
            keys: [{ keyId: "2026-11", clear: 2, masked: 1, withheld: 0 }],
          },
          { type: "phone", least: 3, most: 3 },
          { type: "order", least: 2, most: 2, keys: [{ clear: 0, masked: 2, withheld: 1 }] },
        ],
        records: { clear: 5, masked: 4, withheld: 1 },
        first: { at: NOW - 1 },
        sellers: {
          names: [
            { name: "seller-3", answers: 2 },
            { name: "S9", answers: 1 },
          ],
          others: 0,
        },
        keys: { names: [{ name: "key-9", answers: 3 }] },
        files: [{ sha256: "0".repeat(64), sizeBytes: 7, actor: "staff-17" }],
      });
      const { scope: both } = await findBreachScope(log.desk(ASKER), { to: 8.64e15 });
      const [buyers] = both.subjects;
      expect(buyers?.keys.map(({ keyId }) => keyId)).toEqual(["2026-10", "2026-11"]);
      expect(buyers?.most).toBeGreaterThan(buyers?.least ?? 0);
    });

    it("is on record before the log is read, and with its hash before it is had", async () => {
      const told: number[] = [];
      const found = await findBreachScope(
        log.desk(ASKER),
        { key: "key-9" },
        { onProgress: ({ read }) => told.push(read) },
      );
      expect(createHash("sha256").update(found.text).digest("hex")).toBe(found.file.sha256);
      expect(JSON.parse(found.text)).toEqual(JSON.parse(JSON.stringify(found.scope)));
      const { entries } = await log.find({ actor: "kim" }, { limit: 2 });
      expect(entries).toMatchObject([
        {
          id: found.record.id,
          access: {
            action: "export-log",
            file: found.file,
            detail: { verb: "scope", key: "key-9", rows: 4 },
          },
        },
        { access: { action: "log-query", detail: { verb: "scope", key: "key-9", format: "scope" } } },
      ]);
    });

    it("reads no further once it is aborted: asked for on record, and no file", async () => {
      const asker: Asker = { ...ASKER, actor: { ...ASKER.actor, id: "gone" } };
      const signal = AbortSignal.abort(new Error("nobody waits"));
      const aborted = findBreachScope(log.desk(asker), { key: "key-9" }, { signal });
      await expect(aborted).rejects.toThrow("nobody waits");
      const none = findBreachScope(log.desk(asker), { key: "nobody's" }, { signal });
      await expect(none).rejects.toThrow("nobody waits");
      const { entries } = await log.find({ actor: "gone" }, { limit: 3 });
      expect(entries.map(({ access }) => access.action)).toEqual(["log-query", "log-query"]);
    });

    it("says that it is not whole where there are more than it may hold", async () => {
      const { scope } = await findBreachScope(log.desk(ASKER), { key: "key-9" }, { mostSubjects: 4 });
      expect(scope.isWhole).toBe(false);
      expect(scope.people.most).toBeLessThanOrEqual(4);
    });

    it("refuses a question of everything, and one that names a subject", async () => {
      const desk = log.desk(ASKER);
      const invalid = expect.objectContaining({ code: "ERR_GARIM_QUERY_INVALID" });
      await expect(findBreachScope(desk, {})).rejects.toThrow(invalid);
      await expect(findBreachScope(desk, { subject: subject.buyer("b") } as object)).rejects.toThrow(invalid);
      await expect(findBreachScope(desk, { key: "k" }, { mostSubjects: 0 })).rejects.toThrow(invalid);
    });

    it("finds contacts of those concerned alone, each on record before it is given", async () => {
      const desk = log.desk(ASKER);
      const found = await findBreachScope(desk, { key: "key-9" });
      const candidates = Array.from({ length: 250 }, (_, i) => ({
        subject: subject.buyer(`b-${100_000 + i}`),
        contact: `${i}@example.test`,
      }));
      const search = { found, keys: turning.keys, candidates, purpose: "유출 통지" };
      const contacts: string[] = [];
      for await (const { contact, record } of listContacts(desk, search)) {
        contacts.push(contact);
        const [entry] = (await log.find({ actions: ["resolve-subject"] }, { limit: 1 })).entries;
        expect(entry).toMatchObject({ id: record.id, access: { purpose: "유출 통지" } });
        expect(entry?.access.asked?.map(({ hex }) => hex)).toContain(
          makePseudonym(
            MONTHS[0]?.key ?? new Uint8Array(),
            subject.buyer(`b-${100_000 + contacts.length - 1}`),
          ),
        );
      }
      expect(contacts).toEqual(["0@example.test", "1@example.test", "2@example.test"]);
      const blank = listContacts(desk, { ...search, purpose: " " });
      await expect(collect(blank)).rejects.toThrow(/purpose/);
    });
  });
}

async function collect<T>(from: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
}
