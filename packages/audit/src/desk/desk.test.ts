import { createHash } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { subject } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { emptyLog } from "../../test/empty-log.ts";
import { KEYS, NOW, sampleOrder, samplePage } from "../../test/sample.ts";
import type { LogEntry } from "../access.ts";
import type { LogFilter } from "../ask/filter.ts";
import { byActor, byTool, denied, downloads, everything, rightsHistory, whoSaw } from "../ask/question.ts";
import type { LogDatabase } from "../database.ts";
import { SHEET_COLUMNS, type SheetCell } from "../export/cells.ts";
import { LOG_COLUMNS } from "../export/columns.ts";
import { csvSink } from "../export/csv-sink.ts";
import { ndjsonSink } from "../export/ndjson-sink.ts";
import type { FileTarget } from "../export/sink.ts";
import { type SheetSummary, type SheetWriter, workbookSink } from "../export/workbook-sink.ts";
import { type AccessLog, createAccessLog } from "../log.ts";
import type { Asker } from "./asker.ts";
import type { AuditorDesk } from "./desk.ts";

const postgres = await startPostgresOrSkip("the auditors' desk on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 4 });
pool.on("error", () => undefined);
const pglite = new PGlite();

afterAll(async () => {
  await Promise.all([pool.end(), pglite.close()]);
  await postgres?.stop();
});

const ASKER: Asker = {
  actor: { kind: "auditor", id: "kim", sellerId: null },
  session: "a-1",
  factor: { method: "totp", at: NOW - 1_000 },
  origin: { ip: "198.51.100.7", agent: null },
  route: "GET /records",
};
const BUYER = subject.buyer("b-100001");

const coded = (code: string, message = /./) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

interface KeptTarget extends FileTarget {
  readonly bytes: () => Buffer;
  readonly state: () => "open" | "released" | "discarded";
}

function keepTarget(): KeptTarget {
  const pieces: Uint8Array[] = [];
  let state: "open" | "released" | "discarded" = "open";
  return {
    write: async (bytes) => void pieces.push(bytes),
    release: async () => {
      state = "released";
    },
    discard: async () => {
      state = "discarded";
    },
    bytes: () => Buffer.concat(pieces),
    state: () => state,
  };
}

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`an auditor's desk on ${name}`, () => {
    let log: AccessLog;
    let isDown = false;
    const failing: LogDatabase = {
      query: (text, values) =>
        isDown && text.includes("garim.append")
          ? Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" }))
          : database.query(text, values),
    };

    beforeEach(async () => {
      isDown = false;
      await emptyLog(database);
      log = await createAccessLog({ database: failing, keys: KEYS, clock: () => NOW, timeoutMs: 1_000 });
      for (const [i, seller] of ["S1", "S2", "S1"].entries())
        await log.append(
          samplePage(0, {
            actor: { kind: i === 2 ? "tool" : "staff", id: `who-${i}`, sellerId: seller },
            action: i === 1 ? "download" : "view",
            outcome: i === 2 ? "refused" : "disclosed",
            ...(i === 2 ? { reason: "second-factor-missing" as const } : {}),
            purpose: i === 1 ? "=cmd|' /C calc'!A0" : null,
            records: i === 2 ? [] : [sampleOrder(i), sampleOrder(1)],
          }),
        );
    });

    const newest = async (filter: LogFilter = {}): Promise<LogEntry | undefined> =>
      (await log.find(filter, { limit: 1 })).entries[0];
    const seqs = async (filter: LogFilter = {}) => (await log.find(filter)).entries.map(({ seq }) => seq);

    it("puts a question on record, with whom it asks for, before it answers", async () => {
      const order: string[] = [];
      const append = vi.spyOn(failing, "query").mockImplementation((text, values) => {
        if (text.includes("garim.append")) order.push("recorded");
        if (/garim\.log_(record|kept)/.test(text)) order.push("read");
        return database.query(text, values);
      });
      const page = await log.desk(ASKER).ask(whoSaw(BUYER, { seller: "S1", from: 1 }), { limit: 5 });
      append.mockRestore();
      // Read of the records, and of those that outlive their month.
      expect(order[0]).toBe("recorded");
      expect(order.slice(1)).toEqual(["read", "read"]);
      expect(page.entries.map(({ seq }) => seq)).toEqual([1]);
      const entry = await newest();
      expect(entry).toMatchObject({ id: page.record.id, seq: page.record.seq });
      expect(entry?.access).toMatchObject({
        ...ASKER,
        at: NOW,
        action: "log-query",
        outcome: "done",
        asked: [{ type: "buyer", keyId: "2026-11" }],
        detail: { verb: "who-saw", seller: "S1", from: 1, limit: 5 },
      });
      expect(JSON.stringify(entry)).not.toContain("b-100001");
      expect(await seqs({ subject: BUYER, actions: ["log-query"] })).toEqual([4]);
    });

    it("answers with what was on record before, not with the question itself", async () => {
      const desk = log.desk(ASKER);
      expect((await desk.ask(everything())).entries.map(({ seq }) => seq)).toEqual([3, 2, 1]);
      expect((await desk.ask(everything(), { before: 3 })).entries.map(({ seq }) => seq)).toEqual([2, 1]);
      expect((await desk.ask(byActor("kim"))).entries.map(({ seq }) => seq)).toEqual([5, 4]);
    });

    it("[V2.3.3] does not answer without a record: not a page, not a file, not a name", async () => {
      const desk = log.desk(ASKER);
      const [hex = ""] =
        (await newest({ seller: "S1", kind: "staff" }))?.access.records[0]?.subjects.map((one) => one.hex) ??
        [];
      const target = keepTarget();
      isDown = true;
      const out = coded("ERR_GARIM_LOG_UNAVAILABLE");
      const resolved = { pseudonyms: [hex], candidates: [BUYER], purpose: "신고 확인" };
      // At once: each waits as long as an append may.
      await Promise.all([
        expect(desk.ask(everything())).rejects.toEqual(out),
        expect(desk.sessions("who-0")).rejects.toEqual(out),
        expect(desk.export(everything(), csvSink(target))).rejects.toEqual(out),
        expect(desk.resolveSubject(resolved)).rejects.toEqual(out),
      ]);
      expect([target.bytes().length, target.state()]).toEqual([0, "discarded"]);
    });

    it("leaves no file where the export itself cannot be recorded", async () => {
      const target = keepTarget();
      const sink = csvSink(target);
      const finish = async () => {
        const file = await sink.finish();
        isDown = true;
        return file;
      };
      await expect(log.desk(ASKER).export(everything(), { ...sink, finish })).rejects.toEqual(
        coded("ERR_GARIM_LOG_UNAVAILABLE"),
      );
      expect(target.state()).toBe("discarded");
      expect(await seqs({ actions: ["export-log"] })).toEqual([]);
    });

    it("refuses what cannot be asked, and records nothing of it", async () => {
      const desk = log.desk(ASKER);
      const invalid = coded("ERR_GARIM_QUERY_INVALID");
      await expect(desk.ask(everything({ acter: "x" } as LogFilter))).rejects.toEqual(invalid);
      await expect(desk.ask(everything(), { limit: 0 })).rejects.toEqual(invalid);
      await expect(desk.sessions("")).rejects.toEqual(invalid);
      await expect(desk.sessions("x", { actor: "y" })).rejects.toEqual(invalid);
      await expect(desk.export(everything({ from: 2, to: 1 }), ndjsonSink(keepTarget()))).rejects.toEqual(
        invalid,
      );
      expect(await seqs()).toEqual([3, 2, 1]);
    });

    it("exports as CSV in Korean, harmless to sheets, and puts its hash on record", async () => {
      const target = keepTarget();
      const { rows, damaged, file, record } = await log
        .desk(ASKER)
        .export(everything(), csvSink(target, { bom: true }));
      const text = target.bytes().toString("utf8");
      const [head = "", ...lines] = text.slice(1).trimEnd().split("\r\n");
      expect([rows, damaged, target.state(), text[0]]).toEqual([3, 0, "released", "\ufeff"]);
      expect(head.split(",")).toEqual([...LOG_COLUMNS.map(({ heading }) => heading.ko), "훼손"]);
      expect(lines.map((line) => line.split(",")[0])).toEqual(["1", "2", "3"]);
      expect(lines[0]).toContain("2026-11-20T14:03:00.123+09:00");
      expect(lines[0]).toContain("조회,제공");
      expect(lines[1]).toContain(`"'=cmd|' /C calc'!A0"`);
      expect(lines[2]).toContain("셀러툴");
      expect(text).not.toContain("b-10000");
      expect(file).toEqual({
        sha256: createHash("sha256").update(target.bytes()).digest("hex"),
        sizeBytes: target.bytes().length,
      });
      const entry = await newest();
      expect(entry?.id).toBe(record.id);
      expect(entry?.access).toMatchObject({
        action: "export-log",
        file,
        detail: { verb: "find", format: "csv", rows: 3, damaged: 0 },
      });
      expect(await seqs({ actions: ["log-query"] })).toEqual([4]);
    });

    it("exports as a workbook, and puts the mark of its copies on record", async () => {
      const rows: (readonly SheetCell[])[] = [];
      let summary: SheetSummary | undefined;
      const writer: SheetWriter = {
        write: async (row) => void rows.push(row),
        finish: async (summarise) => {
          summary = summarise({ rows: rows.length });
          return { sha256: "ab".repeat(32), sizeBytes: 9 };
        },
        abort: async () => expect.unreachable(),
      };
      await database.query("update garim.log_record set seller = 'S9' where seq = 2");
      const options = { mark: "ex-7", question: everything(), asker: ASKER, at: 1_795_000_000_000 };
      const exported = await log.desk(ASKER).export(everything(), workbookSink(writer, options));
      expect(exported).toMatchObject({ rows: 3, damaged: 1, file: { sizeBytes: 9 } });
      expect(rows.map((row) => row.length)).toEqual([0, 1, 2].map(() => SHEET_COLUMNS.length));
      expect(rows.map(([seq]) => seq)).toEqual([1, 2, 3]);
      expect(rows[1]?.at(-1)).toContain("seller");
      expect(
        Object.fromEntries(summary?.lines.map(({ label, value }) => [label.en, value]) ?? []),
      ).toMatchObject({
        "Exported by": ASKER.actor.id,
        "Exported at": new Date(1_795_000_000_000),
        Question: "find",
        Records: 3,
        "Of them damaged": 1,
        Export: "ex-7",
      });
      expect((await newest())?.access.detail).toMatchObject({ format: "xlsx", mark: "ex-7", rows: 3 });
    });

    it("exports as NDJSON for programs, damaged records among them", async () => {
      await database.query("update garim.log_record set seller = 'S9' where seq = 2");
      const target = keepTarget();
      const exported = await log.desk(ASKER).export(everything(), ndjsonSink(target));
      const rows = target
        .bytes()
        .toString("utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect([exported.rows, exported.damaged]).toEqual([3, 1]);
      expect(rows[0]).toMatchObject({
        seq: 1,
        at: "2026-11-20T14:03:00.123+09:00",
        kind: "staff",
        actor: "who-0",
        action: "view",
        outcome: "disclosed",
        records: 2,
        subjectCount: 4,
        subjects: expect.arrayContaining([{ type: "buyer", hex: expect.stringMatching(/^[0-9a-f]{32}$/) }]),
      });
      expect(rows[1]).toEqual({ seq: 2, damaged: expect.stringContaining("seller") });
      expect(rows[2]).toMatchObject({ reason: "second-factor-missing", outcome: "refused" });
    });

    it("tells whose a pseudonym is for a stated purpose only, on record before", async () => {
      const desk = log.desk(ASKER);
      const hexes =
        (await newest({ seller: "S1", kind: "staff" }))?.access.records[0]?.subjects.map((one) => one.hex) ??
        [];
      const candidates = [subject.buyer("b-100000"), subject.buyer("b-1"), subject.phone("010-1234-1000")];
      for (const purpose of ["", " ", "\u3000\t", undefined as unknown as string])
        await expect(desk.resolveSubject({ pseudonyms: hexes, candidates, purpose })).rejects.toEqual(
          coded("ERR_GARIM_QUERY_INVALID", /purpose/),
        );
      expect(await seqs({ actions: ["resolve-subject"] })).toEqual([]);
      const { resolved, record } = await desk.resolveSubject({
        pseudonyms: hexes,
        candidates,
        purpose: "유출 신고 확인",
      });
      expect(resolved.map(({ hex, subject: { id } }) => [hex, id])).toEqual([
        [hexes[0], "b-100000"],
        [hexes[1], "01012341000"],
      ]);
      const entry = await newest();
      expect(entry?.id).toBe(record.id);
      expect(entry?.access).toMatchObject({
        action: "resolve-subject",
        purpose: "유출 신고 확인",
        detail: { pseudonyms: 2, candidates: 3, resolved: 2 },
      });
      expect(entry?.access.asked?.map(({ hex }) => hex)).toEqual(hexes);
    });

    it.each([
      [{ pseudonyms: [] }, /pseudonyms/],
      [{ pseudonyms: ["xyz"] }, /32 hex digits/],
      [{ pseudonyms: Array.from({ length: 101 }, () => "0".repeat(32)) }, /1 to 100/],
      [{ candidates: [] }, /candidates/],
      [{ candidates: ["b-1"] }, /subject\.buyer/],
      [{ candidates: Array.from({ length: 1_001 }, () => BUYER) }, /1 to 1000/],
    ])("does not resolve %# what cannot be resolved", async (wrong, message) => {
      const asked = { pseudonyms: ["0".repeat(32)], candidates: [BUYER], purpose: "확인", ...wrong };
      await expect(log.desk(ASKER).resolveSubject(asked as never)).rejects.toEqual(
        coded("ERR_GARIM_QUERY_INVALID", message),
      );
    });

    describe("of an auditor of one seller", () => {
      const within = { sellerId: "S1" };
      const isOwn = ({ access }: LogEntry) => access.actor.sellerId === "S1";
      const verbs: readonly (readonly [
        string,
        (desk: AuditorDesk) => Promise<readonly LogEntry[]>,
        number,
      ])[] = [
        ["everything", async (desk) => (await desk.ask(everything())).entries, 2],
        ["another seller's", async (desk) => (await desk.ask(everything({ seller: "S2" }))).entries, 0],
        ["who-saw", async (desk) => (await desk.ask(whoSaw(BUYER))).entries, 1],
        ["by-actor", async (desk) => (await desk.ask(byActor("who-1"))).entries, 0],
        ["by-tool", async (desk) => (await desk.ask(byTool("who-2"))).entries, 1],
        ["downloads", async (desk) => (await desk.ask(downloads())).entries, 0],
        ["denied", async (desk) => (await desk.ask(denied())).entries, 1],
        ["rights-history", async (desk) => (await desk.ask(rightsHistory("who-1"))).entries, 0],
        ["an auditor's questions", async (desk) => (await desk.ask(byActor("kim"))).entries, 0],
      ];

      it.each(verbs)("finds no other seller's record by %s", async (_, ask, count) => {
        await log.append(
          samplePage(0, {
            action: "change-roles",
            outcome: "done",
            actor: { kind: "staff", id: "who-1", sellerId: "S2" },
          }),
        );
        await log.desk(ASKER).ask(whoSaw(BUYER));
        const entries = await ask(log.desk({ ...ASKER, within }));
        expect(entries.filter((entry) => !isOwn(entry))).toEqual([]);
        expect(entries).toHaveLength(count);
        expect((await newest())?.access.detail).toMatchObject({ within: "S1" });
      });

      it("finds no other seller's session", async () => {
        const logIn = { action: "log-in", outcome: "done", session: "s-9" } as const;
        await log.append(samplePage(0, { ...logIn, actor: { kind: "staff", id: "who-1", sellerId: "S2" } }));
        expect((await log.desk(ASKER).sessions("who-1")).sessions).toHaveLength(1);
        expect((await log.desk({ ...ASKER, within }).sessions("who-1")).sessions).toEqual([]);
      });

      it("exports no other seller's record", async () => {
        const target = keepTarget();
        await log.desk({ ...ASKER, within }).export(everything(), ndjsonSink(target));
        const sellers = target
          .bytes()
          .toString("utf8")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line).seller);
        expect(sellers).toEqual(["S1", "S1"]);
      });

      it("resolves only pseudonyms of its own records", async () => {
        const others =
          (await newest({ seller: "S2" }))?.access.records[0]?.subjects.map(({ hex }) => hex) ?? [];
        const candidates = [subject.buyer("b-100001"), subject.buyer("b-100000")];
        await log.append(
          samplePage(0, { actor: { kind: "staff", id: "x", sellerId: "S2" }, records: [sampleOrder(7)] }),
        );
        const seventh = (await newest({ seller: "S2" }))?.access.records[0]?.subjects[0]?.hex ?? "";
        const ask = (pseudonyms: readonly string[], whom = candidates, scope = within) =>
          log
            .desk({ ...ASKER, within: scope })
            .resolveSubject({ pseudonyms, candidates: whom, purpose: "확인" });
        // The first is in a record of S1 as well.
        expect((await ask(others)).resolved.map(({ subject: { id } }) => id)).toEqual(["b-100001"]);
        expect((await ask([seventh], [subject.buyer("b-100007")])).resolved).toEqual([]);
        expect((await ask([seventh], [subject.buyer("b-100007")], { sellerId: "S2" })).resolved).toHaveLength(
          1,
        );
        await log
          .desk({ ...ASKER, actor: { ...ASKER.actor, sellerId: "S1" }, within })
          .ask(whoSaw(subject.buyer("b-100007")));
        expect((await ask([seventh], [subject.buyer("b-100007")])).resolved).toEqual([]);
      });

      it("cannot be widened by asking within again, nor by a scope that is misspelt", async () => {
        expect((await log.within(within).within({ sellerId: "S2" }).find({})).entries).toEqual([]);
        expect(() => log.desk({ ...ASKER, within: { seller: "S1" } as never })).toThrow(
          coded("ERR_GARIM_QUERY_INVALID"),
        );
        expect(() => log.desk({ ...ASKER, within: null as never })).toThrow(coded("ERR_GARIM_QUERY_INVALID"));
      });

      it("[A4] sees no record of another seller that was filed under its own", async () => {
        await database.query("update garim.log_record set seller = 'S1' where seq = 2");
        const { entries, damaged } = await log.desk({ ...ASKER, within }).ask(everything());
        expect(entries.map(({ seq }) => seq)).toEqual([3, 1]);
        expect(damaged).toEqual([
          { seq: 2, kind: "column", column: "seller", why: expect.stringContaining("seller") },
        ]);
      });
    });
  });
}
