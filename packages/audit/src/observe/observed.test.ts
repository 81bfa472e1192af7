import { ALL_KINDS, kindsOf, REASONS, type Reason } from "@garim/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleEntry } from "../../test/entry.ts";
import { asLogged, KEYS, NOW, samplePage } from "../../test/sample.ts";
import type { Access } from "../access.ts";
import { readAccess } from "../access-check.ts";
import { EvidenceTally } from "../evidence/evidence-tally.ts";
import { cellsOf, SHEET_COLUMNS } from "../export/cells.ts";
import { rowOf } from "../export/ndjson-sink.ts";
import { ocsfOf } from "../pass-on/ocsf/ocsf.ts";
import { decodeRecord } from "../record/decode.ts";
import { encodeRecord } from "../record/encode.ts";
import { readReviewMonth } from "../review/month.ts";
import { WatchTally } from "../review/watch-tally.ts";
import { ScopeTally } from "../scope/scope-tally.ts";
import { replayAll } from "../verify/replay.ts";
import { changeOfDetail, detailOfChange } from "./detail.ts";
import { ImpactTally } from "./impact-tally.ts";
import { isObserved } from "./observed.ts";

const ID = "0b8f1f6c-91a2-4c3d-8e4f-5a6b7c8d9e0f";
const KEY_ID = KEYS.all(NOW)[0]?.id ?? "";
const OBSERVED = { mode: "observe" } as const satisfies Partial<Access>;

function stored(access: Access): { body: Uint8Array; subjects: readonly string[] } {
  const subjects = asLogged(access).records.flatMap((record) => record.subjects.map(({ hex }) => hex));
  return { body: encodeRecord(ID, access, KEY_ID), subjects };
}

describe("a record that was only observed", () => {
  it("says so in its bytes, and one that was enforced has the same bytes as ever", () => {
    const { body, subjects } = stored(samplePage(2, OBSERVED));
    const { access } = decodeRecord(body, subjects);
    expect([access.mode, isObserved(access)]).toEqual(["observe", true]);
    const enforced = stored(samplePage(2));
    expect(isObserved(decodeRecord(enforced.body, enforced.subjects).access)).toBe(false);
    expect(Buffer.from(enforced.body).includes("observe")).toBe(false);
    expect(Buffer.from(body).includes("observe")).toBe(true);
  });

  it("is recorded with a known mode only", () => {
    expect(readAccess(samplePage(1, OBSERVED)).mode).toBe("observe");
    const wrong = { ...samplePage(1), mode: "observed" } as unknown as Access;
    expect(() => readAccess(wrong)).toThrow("mode must be one of observe");
  });

  it("replays as any other, and is counted apart", () => {
    const records = [samplePage(2), samplePage(3, OBSERVED)].map((access, i) => ({
      seq: i + 1,
      ...stored(access),
    }));
    expect(replayAll(records)).toMatchObject({ decisions: 5, observed: 3, differences: [], unknown: [] });
  });

  it("is no evidence: neither an answer nor a refusal of its month, and never sampled", () => {
    const tally = new EvidenceTally("00", 10, Number.POSITIVE_INFINITY);
    tally.add(sampleEntry(1, 1));
    tally.add(sampleEntry(2, 1, OBSERVED));
    tally.add(sampleEntry(3, 1, { ...OBSERVED, reason: "second-factor-missing" }));
    expect(tally.report().months).toMatchObject([{ records: 3, answers: 1, observed: 2, refused: 0 }]);
    expect(tally.sampled().map(({ seq }) => seq)).toEqual([1]);
  });

  it("counts in a review, everything of it shown, and an account without one is as ever", () => {
    const month = readReviewMonth("2026-11", Date.parse("2026-12-01T00:00+09:00"));
    const watch = (...more: readonly Partial<Access>[]) => {
      const tally = new WatchTally(month, "00");
      for (const [i, one] of more.entries()) tally.add({ ...sampleEntry(i + 1, 0, one), recordedAt: NOW });
      return tally.watch();
    };
    const withheld = samplePage(2).records.map((record) => ({
      ...record,
      disclosure: { ...record.disclosure, kind: "withhold", clear: 0, until: null } as never,
    }));
    expect(watch({ records: withheld })).not.toHaveProperty("observed");
    expect(watch({ records: withheld }).answers).toBe(0);
    expect(watch({ ...OBSERVED, records: withheld })).toMatchObject({ answers: 1, observed: 1 });
  });

  it("is clear all over in a leak's scope, whatever was decided", () => {
    const shownBy = (more: Partial<Access>) => {
      const tally = new ScopeTally({});
      tally.add(sampleEntry(1, 2, more));
      return tally.report();
    };
    expect(shownBy({}).records).toEqual({ clear: 1, masked: 1, withheld: 0 });
    const { records, schemas } = shownBy(OBSERVED);
    expect(records).toEqual({ clear: 2, masked: 0, withheld: 0 });
    expect(schemas[0]?.kinds).toEqual(kindsOf(ALL_KINDS));
  });

  it("stands as such in every export", () => {
    const entry = sampleEntry(1, 2, OBSERVED);
    expect(rowOf(entry)).toMatchObject({ mode: "observe", clear: 2, outcome: "disclosed" });
    expect(rowOf(sampleEntry(1, 2))).toMatchObject({ mode: null, clear: 1 });
    const column = SHEET_COLUMNS.findIndex(({ key }) => key === "mode");
    expect(cellsOf(entry, "ko")[column]).toBe("관찰만 함(미적용)");
    expect(ocsfOf(entry).unmapped).toMatchObject({ mode: "observe" });
  });
});

const word = fc.stringMatching(/^[A-Za-z][\w.[\]-]{0,60}$/);
const hidden = fc.record({
  schema: word,
  reason: fc.constantFrom(...(Object.keys(REASONS) as Reason[])),
  count: fc.integer({ min: 1, max: 65_536 }),
  fields: fc.array(word, { minLength: 1, maxLength: 60 }),
});

describe("detailOfChange", () => {
  it("is read back as it was written, whatever it takes of texts", () => {
    fc.assert(
      fc.property(
        hidden,
        fc.array(word, { maxLength: 9 }),
        fc.array(word, { maxLength: 9 }),
        (one, undeclared, headers) => {
          const detail = detailOfChange({ hidden: [one], undeclared, headers });
          expect(readAccess(samplePage(1, { detail })).detail).toEqual(detail);
          const read = changeOfDetail(detail);
          expect(read.hidden.flatMap(({ fields }) => fields)).toEqual(one.fields);
          expect([read.undeclared, read.headers]).toEqual([undeclared, headers]);
          for (const { schema, reason, count } of read.hidden)
            expect({ ...one, schema, reason, count }).toEqual(one);
        },
      ),
    );
  });

  it("keeps to what a detail holds, and says how much it left out", () => {
    const one = { schema: "order", reason: "purpose-ended", count: 1, fields: ["name"] } as const;
    const detail = detailOfChange({
      hidden: Array.from({ length: 40 }, () => one),
      undeclared: Array.from({ length: 40 }, () => "x".repeat(60)),
      headers: [],
    });
    expect(detail["maskedMore"]).toBe(24);
    expect(readAccess(samplePage(1, { detail })).detail).toEqual(detail);
  });

  it("takes a detail of another form for nothing", () => {
    const nothing = { hidden: [], undeclared: [], headers: [] };
    expect(changeOfDetail({ masked1: "x", masked2: "a no-such-reason 1 b", masked3: 7 })).toEqual(nothing);
    expect(changeOfDetail(undefined)).toEqual(nothing);
  });
});

describe("ImpactTally", () => {
  const change = (fields: readonly string[]): Access["detail"] =>
    detailOfChange({
      hidden: [{ schema: "order", reason: "purpose-ended", count: 3, fields }],
      undeclared: [],
      headers: [],
    });

  it("counts a refused answer as refused alone, and leaves what was enforced out", () => {
    const tally = new ImpactTally();
    tally.add(sampleEntry(1, 1));
    tally.add(sampleEntry(2, 1, OBSERVED));
    tally.add(sampleEntry(3, 1, { ...OBSERVED, detail: change(["name"]) ?? {} }));
    tally.add(sampleEntry(4, 1, { ...OBSERVED, reason: "other-seller", detail: change(["name"]) ?? {} }));
    tally.add({ seq: 5, kind: "unreadable", why: "cut" });
    const seen = { firstAt: NOW + 7, lastAt: NOW + 7 };
    expect(tally.report(0, 9)).toEqual({
      from: 0,
      to: 9,
      read: 5,
      isWhole: true,
      damaged: [5],
      routes: [
        {
          route: "GET /orders",
          answers: 3,
          unchanged: 1,
          refused: [{ reason: "other-seller", count: 1, ...seen }],
          masked: [{ schema: "order", field: "name", reason: "purpose-ended", count: 3, ...seen }],
          undeclared: [],
          headers: [],
        },
      ],
    });
  });

  it("says when there is more than it holds", () => {
    const tally = new ImpactTally();
    for (let i = 0; i < 5_001; i++) tally.add(sampleEntry(i + 1, 0, { ...OBSERVED, route: `GET /${i}` }));
    expect(tally.report(0, 9)).toMatchObject({ isWhole: false });
  });
});
