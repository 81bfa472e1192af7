import { PGlite } from "@electric-sql/pglite";
import { subject } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startPostgresOrSkip } from "../../../test/services/postgres.ts";
import { emptyLog } from "../test/empty-log.ts";
import { inAHurry } from "../test/in-a-hurry.ts";
import { asLogged, KEYS, NOW, sampleOrder, samplePage, sampleRow } from "../test/sample.ts";
import type { LogEntry } from "./access.ts";
import { isDamaged } from "./ask/entry.ts";
import { appendBatch, type LogRow } from "./commit/batch.ts";
import { BINARY_FORM, findBatchForm, TEXT_FORM } from "./commit/batch-form.ts";
import { type LogDatabase, queryTexts } from "./database.ts";
import { createAccessLog } from "./log.ts";
import { leafHash } from "./merkle/hash.ts";
import { rootOf } from "./merkle/tree.ts";
import type { AccessLogOptions, SealOptions } from "./options.ts";
import type { PseudonymKey } from "./pseudonym.ts";
import { filePlace } from "./seal/file-place.ts";
import { migrations } from "./tables/migration.ts";

const postgres = await startPostgresOrSkip("the access log on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 8 });
pool.on("error", () => undefined);
const pglite = new PGlite();

afterAll(async () => {
  await Promise.all([pool.end(), pglite.close()]);
  await postgres?.stop();
});

const SEAL: SealOptions = {
  origin: "shop.example/access-log",
  signers: { all: () => [] },
  places: [filePlace("unused")],
};
const coded = (code: string) => expect.objectContaining({ code });

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

const ODD_UUID = "00010203-8081-feff-5c22-277b7d2c0a0d";
const ODD_SUBJECT = Buffer.from(ODD_UUID.replaceAll("-", ""), "hex");

/** Texts of one to four bytes a character, those that array literals quote, none; no subject, one, two. */
const ODD_ROWS: readonly LogRow[] = [
  sampleRow({ actor: "\"\\{},'NULL", seller: "", session: null }),
  sampleRow({
    actor: "홍길동",
    seller: "é😀",
    at: 2 ** 42 + 7,
    subjects: Buffer.concat([ODD_SUBJECT, ODD_SUBJECT]),
  }),
  sampleRow({ actor: "a홍", seller: "NULL", body: Buffer.alloc(70_000, 0xff), subjects: ODD_SUBJECT }),
  sampleRow({ actor: "x".repeat(3_000), seller: null, at: 0 }),
];

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`createAccessLog on ${name}`, () => {
    const open = (more: Partial<AccessLogOptions> = {}) =>
      createAccessLog({ database, keys: KEYS, clock: () => NOW, ...more });

    beforeEach(async () => {
      await emptyLog(database);
    });
    const dropLog = () => database.query("drop schema if exists garim cascade");

    it("[V16.2.2] gives back what was appended, with its place, id and the database's time", async () => {
      const log = await open();
      const before = Date.now();
      const receipts = [await log.append(samplePage(3)), await log.append(samplePage(0))];
      const { entries, next } = await log.find({});
      expect(entries.map(({ seq, id }) => ({ seq, id }))).toEqual([...receipts].reverse());
      expect(entries.map(({ access }) => access)).toEqual([asLogged(samplePage(0)), asLogged(samplePage(3))]);
      for (const { recordedAt } of entries) expect(Math.abs(recordedAt - before)).toBeLessThan(10_000);
      expect(next).toBeNull();
    });

    it("tells of each durable record, and survives who is told", async () => {
      const onRecord = vi.fn<NonNullable<AccessLogOptions["onRecord"]>>(() => {
        throw new Error("the host's own");
      });
      const log = await open({ onRecord });
      const receipt = await log.append(samplePage(2));
      await log.append(samplePage(1, { at: -1 })).catch(() => undefined);
      expect(onRecord.mock.calls).toMatchObject([[{ ...receipt, action: "view", records: 2, subjects: 4 }]]);
      expect(onRecord.mock.calls[0]?.[0].durableMs).toBeGreaterThanOrEqual(0);
    });

    it("passes records on as they are in the log, its own sums too, once they are durable", async () => {
      const taken: LogEntry[] = [];
      const sink = {
        name: "siem",
        send: async (records: readonly LogEntry[]) => void taken.push(...records),
      };
      const log = await open({ sinks: [sink] });
      await log.append(samplePage(3, { asked: [subject.buyer("b-7")] }));
      await log.append(samplePage(0));
      log.countRefusal({ ip: "203.0.113.9", route: "GET /orders", reason: "not-logged-in" });
      await log.close();
      const { entries } = await log.find({});
      const timeless = (all: readonly LogEntry[]) => all.map((entry) => ({ ...entry, recordedAt: 0 }));
      expect(timeless(taken)).toEqual(timeless(entries.filter((entry) => !isDamaged(entry)).reverse()));
      expect(taken).toHaveLength(3);
    });

    it("answers, fails and closes as it would without them where sinks hang or fail", async () => {
      const hung = { name: "hung", send: () => new Promise<never>(() => undefined) };
      const failing = { name: "failing", send: () => Promise.reject(new Error("down")) };
      const onFault = vi.fn();
      const log = await open({ sinks: [hung, failing], onFault });
      await Promise.all(Array.from({ length: 50 }, () => log.append(samplePage(1))));
      await expect(log.append(samplePage(1, { at: -1 }))).rejects.toThrow(coded("ERR_GARIM_RECORD_INVALID"));
      await inAHurry(() => log.close());
      const said = onFault.mock.calls.map(([error]) => error.message);
      for (const name of ["hung", "failing"])
        expect(said).toContainEqual(
          expect.stringMatching(new RegExp(`^50 access records \\(seq 1 to 50\\).* sink ${name}`)),
        );
    });

    it("keeps the searched columns beside the body", async () => {
      const log = await open();
      const target = { kind: "staff", id: "staff-9", sellerId: "seller-3" } as const;
      await log.append(samplePage(2, { target, key: "key-1" }));
      const [row] = await queryTexts(
        database,
        `select kind, actor, seller, session, ip, action, outcome, purpose, target, key,
          cardinality(subjects)::text as subjects, (extract(epoch from at) * 1000)::numeric(20, 3)::text as at
         from garim.log_record`,
      );
      expect(row).toEqual({
        kind: "staff",
        actor: "staff-17",
        seller: "seller-3",
        session: "0f1e2d3c4b5a6978",
        ip: "203.0.113.7",
        action: "view",
        outcome: "disclosed",
        purpose: "fulfilment",
        target: "staff-9",
        key: "key-1",
        subjects: "4",
        at: `${NOW}.000`,
      });
    });

    it("[A4] keeps the hash of each record and the root of each batch", async () => {
      const log = await open();
      await Promise.all([log.append(samplePage(2)), log.append(samplePage(1)), log.append(samplePage(0))]);
      const rows = await queryTexts(
        database,
        "select encode(body, 'hex') || replace(array_to_string(subjects, ''), '-', '') as bytes, encode(leaf, 'hex') as leaf from garim.log_record order by seq",
      );
      const leaves = rows.map((row) => leafHash(Buffer.from(row["bytes"] ?? "", "hex")));
      expect(rows.map((row) => row["leaf"])).toEqual(leaves.map((leaf) => Buffer.from(leaf).toString("hex")));
      const batches = await queryTexts(
        database,
        "select no::text, first_seq::text, size::text, encode(root, 'hex') as root from garim.log_batch",
      );
      const root = Buffer.from(rootOf(leaves)).toString("hex");
      expect(batches).toEqual([{ no: "1", first_seq: "1", size: "3", root }]);
    });

    it("puts each record into the partition of its month, which the append itself makes", async () => {
      const log = await open();
      await database.query("update garim.log_head set recorded_at = '2031-01-31T23:59:59.999Z'");
      await log.append(samplePage(1));
      await database.query("update garim.log_head set recorded_at = '2031-02-01T00:00:00Z'");
      await log.append(samplePage(1));
      const tables = await queryTexts(
        database,
        "select tableoid::regclass::text as name from garim.log_record order by seq",
      );
      expect(tables.map((row) => row["name"])).toEqual([
        "garim.log_record_2031_01",
        "garim.log_record_2031_02",
      ]);
      expect((await log.find({})).entries.map(({ seq }) => seq)).toEqual([2, 1]);
    });

    it("[S7] never dates a record before the one before it", async () => {
      const log = await open();
      await database.query("update garim.log_head set recorded_at = now() + interval '90 seconds'");
      await log.append(samplePage(1));
      await log.append(samplePage(1));
      const { entries } = await log.find({});
      expect(entries[0]?.recordedAt).toBe(entries[1]?.recordedAt);
      expect(entries[0]?.recordedAt).toBeGreaterThan(Date.now() + 60_000);
    });

    it("finds who saw a subject, and nobody who did not", async () => {
      const log = await open();
      for (let i = 0; i < 6; i++) await log.append(samplePage(0, { records: [sampleOrder(i % 2)] }));
      const { entries } = await log.find({ subject: subject.buyer("b-100001") });
      expect(entries.map(({ seq }) => seq)).toEqual([6, 4, 2]);
      expect((await log.find({ subject: subject.phone("010-1234-1001") })).entries).toHaveLength(3);
      expect((await log.find({ subject: subject.order("b-100001") })).entries).toEqual([]);
    });

    it("finds subjects recorded under an older key", async () => {
      const [old] = KEYS.all(NOW);
      const keys: readonly PseudonymKey[] = [
        { id: "2026-12", key: new Uint8Array(32).fill(8) },
        ...(old ? [old] : []),
      ];
      const log = await open();
      await log.append(samplePage(1));
      const rotated = await open({ keys: { all: () => keys } });
      await rotated.append(samplePage(1));
      const { entries } = await rotated.find({ subject: subject.buyer("b-100000") });
      expect(entries.map(({ access }) => access.records[0]?.subjects[0]?.keyId)).toEqual([
        "2026-12",
        "2026-11",
      ]);
    });

    it("answers in pages, newest first, until there is no next", async () => {
      const log = await open();
      const actors = ["a", "b", "a", "a", "b", "a", "a"];
      await Promise.all(
        actors.map((id) => log.append(samplePage(1, { actor: { kind: "staff", id, sellerId: null } }))),
      );
      const seen: number[] = [];
      for (let before: number | null = 100; before !== null; ) {
        const page = await log.find({ actor: "a" }, { before, limit: 2 });
        seen.push(...page.entries.map(({ seq }) => seq));
        before = page.next;
      }
      expect(seen).toEqual([7, 6, 4, 3, 1]);
      expect((await log.find({}, { limit: 7 })).next).toBeNull();
      expect((await log.find({}, { limit: 6 })).next).toBe(2);
      expect(
        (await log.find({ subject: subject.buyer("b-100000") }, { limit: 3, before: 4 })).entries,
      ).toHaveLength(3);
    });

    it.each([{ limit: 0 }, { limit: 1_001 }, { limit: 1.5 }, { before: 0 }, { before: Number.NaN }])(
      "refuses the page %j",
      async (page) => {
        const log = await open();
        await expect(log.find({}, page)).rejects.toEqual(coded("ERR_GARIM_QUERY_INVALID"));
      },
    );

    it("[V1.2.4 V16.4.1] [P3] takes texts made to break out of SQL, arrays or UTF-8", async () => {
      const log = await open();
      const naughty = [
        '"},{"',
        "\\",
        "NULL",
        "null",
        "{}",
        "'; drop schema garim; --",
        "a\0b",
        "\uD800",
        "가나,다\n😀",
        " ",
      ];
      const accesses = naughty.map((text) =>
        samplePage(1, {
          actor: { kind: "staff", id: text, sellerId: text },
          purpose: text,
          records: [{ ...sampleOrder(0), subjects: [subject.buyer(text)] }],
        }),
      );
      await Promise.all(accesses.map((access) => log.append(access)));
      const clean = (text: string) => text.replace("\0", "\uFFFD").replace("\uD800", "\uFFFD");
      for (const text of naughty) {
        expect((await log.find({ actor: text })).entries.map(({ access }) => access.purpose)).toEqual([
          clean(text),
        ]);
        expect((await log.find({ subject: subject.buyer(text) })).entries).toHaveLength(1);
      }
      const sellers = await queryTexts(database, "select seller from garim.log_record order by seq");
      expect(sellers.map((row) => row["seller"])).toEqual(naughty.map(clean));
    });

    it("[A5] gives four appenders at once one order without gaps", async () => {
      const logs = await Promise.all(Array.from({ length: 4 }, () => open()));
      const receipts = await Promise.all(
        logs.flatMap((log) => Array.from({ length: 150 }, () => log.append(samplePage(1)))),
      );
      const seqs = receipts.map(({ seq }) => seq).sort((a, b) => a - b);
      expect(seqs).toEqual(Array.from({ length: 600 }, (_, i) => i + 1));
      const { entries } = await (await open()).find({}, { limit: 1_000 });
      expect(entries.map(({ seq, id }) => `${seq} ${id}`).sort()).toEqual(
        receipts.map(({ seq, id }) => `${seq} ${id}`).sort(),
      );
    });

    it("[A2] appends a batch once, however often it is called, also at once", async () => {
      await open();
      const row = sampleRow();
      const id = crypto.randomUUID();
      await appendBatch(database, crypto.randomUUID(), [row], 1_000);
      const firsts = await Promise.all([1, 2, 3].map(() => appendBatch(database, id, [row, row], 1_000)));
      expect(firsts).toEqual([2, 2, 2]);
      expect(await count(database)).toBe(3);
    });

    it("hands batches on as bytes where the driver does, else as texts", async () => {
      expect(await findBatchForm(database)).toBe(BINARY_FORM);
      const texts: LogDatabase = {
        query: (text, values) =>
          database.query(
            text,
            values?.map((value) => String(value)),
          ),
      };
      expect(await findBatchForm(texts)).toBe(TEXT_FORM);
    });

    it("stores the same, whatever the form of a batch", async () => {
      await open();
      for (const form of [BINARY_FORM, TEXT_FORM])
        await appendBatch(database, crypto.randomUUID(), ODD_ROWS, 1_000, form);
      const { rows } = await database.query(
        `select to_jsonb(r) - 'seq' - 'recorded_at' as stored from garim.log_record r order by r.seq`,
      );
      const stored = rows.map((row) => (row as { stored: Record<string, unknown> }).stored);
      const half = ODD_ROWS.length;
      expect(stored.slice(0, half)).toEqual(stored.slice(half));
      expect(stored.slice(0, half).map(({ actor, seller }) => [actor, seller])).toEqual(
        ODD_ROWS.map(({ actor, seller }) => [actor, seller]),
      );
      // What none of them has was not sent at all.
      expect(stored.map(({ target, key }) => [target, key])).toEqual(stored.map(() => [null, null]));
      expect(stored.slice(0, half).map(({ subjects }) => subjects)).toEqual([
        [],
        [ODD_UUID, ODD_UUID],
        [ODD_UUID],
        [],
      ]);
      expect(new Date(stored[1]?.["at"] as string).getTime()).toBe(2 ** 42 + 7);
    });

    it("[A2] neither loses nor doubles a record whose answer was lost after the commit", async () => {
      let lost = 0;
      const lossy: LogDatabase = {
        query: async (text, values) => {
          const answer = await database.query(text, values);
          if (text.startsWith("select garim.append") && lost++ < 3)
            throw new Error("Connection terminated unexpectedly");
          return answer;
        },
      };
      const log = await open({ database: lossy });
      const receipts = await Promise.all(Array.from({ length: 5 }, () => log.append(samplePage(1))));
      expect(receipts.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
      expect(await count(database)).toBe(5);
    });

    it("[V16.3.4] [T5] refuses while the database fails, and records the gap when it is back", async () => {
      let isDown = false;
      const flaky: LogDatabase = {
        query: async (text, values) => {
          if (isDown) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
          return database.query(text, values);
        },
      };
      let now = NOW;
      const onFault = vi.fn();
      const log = await open({ database: flaky, timeoutMs: 1_500, clock: () => now, onFault });
      isDown = true;
      for (const at of [NOW + 1, NOW + 2]) {
        now = at;
        await expect(log.append(samplePage(1))).rejects.toEqual(coded("ERR_GARIM_LOG_UNAVAILABLE"));
      }
      await expect(log.find({})).rejects.toEqual(coded("ERR_GARIM_LOG_UNAVAILABLE"));
      isDown = false;
      await log.append(samplePage(1));
      await vi.waitFor(async () => expect(await count(database)).toBe(2));
      const { entries } = await log.find({});
      expect(entries[0]?.access).toMatchObject({
        action: "gap",
        outcome: "refused",
        reason: "unavailable",
        count: 2,
        since: NOW + 1,
        at: NOW + 2,
      });
      expect(onFault).toHaveBeenCalledOnce();
    });

    it("refuses an access that cannot be recorded, and counts no gap for it", async () => {
      const log = await open();
      const invalid = coded("ERR_GARIM_RECORD_INVALID");
      await expect(log.append({ ...samplePage(1), at: Number.NaN })).rejects.toEqual(invalid);
      await expect(log.append({} as never)).rejects.toEqual(invalid);
      const lines = [{ ...sampleOrder(0).lines[0], paidAt: undefined }] as never;
      const records = [{ ...sampleOrder(0), lines }];
      await expect(log.append(samplePage(0, { records }))).rejects.toEqual(invalid);
      await log.close();
      expect(await count(database)).toBe(0);
    });

    it("writes what waits and what is counted when it is closed, then refuses", async () => {
      const onFault = vi.fn();
      const log = await open({ onFault });
      const waiting = Array.from({ length: 300 }, () => log.append(samplePage(1)));
      log.countRefusal({ ip: "203.0.113.9", route: "GET /orders", reason: "not-logged-in" });
      await Promise.all([log.close(), log.close()]);
      expect(await Promise.all(waiting)).toHaveLength(300);
      expect((await log.find({}, { limit: 1 })).entries[0]?.access).toMatchObject({
        action: "refusals",
        count: 1,
      });
      await expect(log.append(samplePage(1))).rejects.toEqual(coded("ERR_GARIM_LOG_CLOSED"));
      expect(onFault).not.toHaveBeenCalled();
      log.countRefusal({ ip: "203.0.113.9", route: "GET /orders", reason: "not-logged-in" });
      expect(onFault).toHaveBeenCalledWith(coded("ERR_GARIM_LOG_CLOSED"));
    });

    it("records anonymous refusals each minute", async () => {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      try {
        const log = await open();
        log.countRefusal({ ip: "203.0.113.9", route: "GET /orders", reason: "not-logged-in" });
        await vi.advanceTimersByTimeAsync(59_999);
        expect(await count(database)).toBe(0);
        await vi.advanceTimersByTimeAsync(1);
        await vi.waitFor(async () => expect(await count(database)).toBe(1));
        await log.close();
      } finally {
        vi.useRealTimers();
      }
    });

    it("says at the end what could not be recorded", async () => {
      let isDown = false;
      const flaky: LogDatabase = {
        query: async (text, values) =>
          isDown ? Promise.reject(new Error("down")) : database.query(text, values),
      };
      const onFault = vi.fn(() => {
        throw new Error("a listener's own error");
      });
      const log = await open({ database: flaky, timeoutMs: 50, onFault });
      isDown = true;
      log.countRefusal({ ip: "203.0.113.9", route: "GET /orders", reason: "not-logged-in" });
      await log.close();
      expect(onFault).toHaveBeenLastCalledWith(
        expect.objectContaining({ message: expect.stringContaining("1 refused answers are not on record") }),
      );
    });

    it("[A4] names the record that cannot be read", async () => {
      const log = await open();
      for (let i = 0; i < 3; i++) await log.append(samplePage(1));
      await database.query("update garim.log_record set body = set_byte(body, 0, 0) where seq = 2");
      const { entries, damaged, next } = await log.find({});
      expect(entries.map(({ seq }) => seq)).toEqual([3, 1]);
      expect(damaged).toEqual([{ seq: 2, kind: "unreadable", why: expect.stringMatching(/record/i) }]);
      expect(next).toBeNull();
      expect((await log.find({}, { before: 2 })).entries).toHaveLength(1);
    });

    it("is started by several nodes at once, and again", async () => {
      await dropLog();
      await Promise.all([
        ...Array.from({ length: 6 }, () => open()),
        database.query("create schema if not exists garim").catch(() => undefined),
      ]);
      await (await open()).append(samplePage(1));
      expect(await count(database)).toBe(1);
      const versions = await queryTexts(database, "select version::text from garim.log_version");
      expect(versions).toHaveLength(migrations.length);
    });

    it("does not start on tables of a newer version", async () => {
      await open();
      await database.query("insert into garim.log_version (version) values (99)");
      await expect(open()).rejects.toEqual(coded("ERR_GARIM_SCHEMA_VERSION"));
    });

    it("can be prepared with the printed SQL, each statement as often as one likes", async () => {
      await dropLog();
      for (const statement of [...migrations, ...migrations]) await database.query(statement);
      await (await open()).append(samplePage(1));
    });
  });
}

async function count(database: LogDatabase): Promise<number> {
  const [row] = await queryTexts(database, "select count(*)::text as n from garim.log_record");
  return Number(row?.["n"]);
}

describe("createAccessLog", () => {
  it("refuses in production a database that does not write to disk", async () => {
    const refused = createAccessLog({ database: pglite, keys: KEYS, production: true, seal: SEAL });
    await expect(refused).rejects.toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_DATABASE",
        message: expect.stringMatching(/fsync = on.*new Pool/),
      }),
    );
  });

  it("says what to check when the database does not answer, and gives no secret away", async () => {
    const nobody = new Pool({ connectionString: "postgres://garim:s3cret@127.0.0.1:1/orders" });
    const refused = createAccessLog({ database: nobody, keys: KEYS });
    await expect(refused).rejects.toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_DATABASE",
        message: expect.stringMatching(/ECONNREFUSED.*Check/),
      }),
    );
    await expect(refused).rejects.not.toThrow(/s3cret/);
    await nobody.end();
  });

  it.each([
    [{ databse: pglite }, "ERR_GARIM_OPTION_UNKNOWN", /Did you mean database/],
    [{ database: {} }, "ERR_GARIM_OPTION_INVALID", /new Pool/],
    [{ keys: undefined }, "ERR_GARIM_OPTION_INVALID", /keys: \{ all/],
    [{ keys: { all: () => [] } }, "ERR_GARIM_KEYS_MISSING", /32 random bytes/],
    [{ queueLimit: 0 }, "ERR_GARIM_OPTION_INVALID", /queueLimit: 10000/],
    [{ timeoutMs: Number.POSITIVE_INFINITY }, "ERR_GARIM_OPTION_INVALID", /timeoutMs: 5000/],
    [{ clock: 5 }, "ERR_GARIM_OPTION_INVALID", /clock/],
    [{ production: "yes" }, "ERR_GARIM_OPTION_INVALID", /production/],
    [{ production: true }, "ERR_GARIM_OPTION_INVALID", /filePlace/],
    [{ production: true, seal: { ...SEAL, places: [] } }, "ERR_GARIM_OPTION_INVALID", /outside the database/],
    [{ seal: { ...SEAL, signers: [] } }, "ERR_GARIM_OPTION_INVALID", /seal must be whole/],
  ])("refuses options that are wrong: %# %s", async (wrong, code, message) => {
    const options = { database: pglite, keys: KEYS, ...wrong } as AccessLogOptions;
    await expect(createAccessLog(options)).rejects.toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
