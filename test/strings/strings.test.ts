import { toUSVString } from "node:util";
import { PGlite } from "@electric-sql/pglite";
import { createAccessLog } from "@garim/audit";
import { compileAnswer, mask, open, pii, type RecordRules, schema, scrub } from "@garim/masking";
import { ALL_KINDS, type Disclosure, PII_KINDS } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { decodeRecord } from "../../packages/audit/src/record/decode.ts";
import { encodeRecord } from "../../packages/audit/src/record/encode.ts";
import { KEYS, samplePage } from "../../packages/audit/test/sample.ts";
import { parseStrictObject } from "../../packages/auth/src/token/strict-json.ts";
import { csvText } from "../../packages/workbook/src/csv/csv-line.ts";
import { escapeText, unescapeText } from "../../packages/workbook/src/sheet/escape.ts";
import { NAUGHTY } from "../../packages/workbook/test/naughty.ts";
import { ACCEPTED, EITHER, REFUSED, TWICE } from "./json-cases.ts";

/** A case as the one member of an object: nothing else is read by the strict parser. */
const within = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('{"in":'), bytes, Buffer.from("}")]);
const strict = (bytes: Buffer) => parseStrictObject(within(bytes));
const plain = (bytes: Buffer) => JSON.parse(within(bytes).toString("utf8")) as { readonly in: unknown };

/** Every text of a list, with its place: some are blank, and a test's name would not tell them apart. */
const TEXTS: readonly string[] = [
  ...NAUGHTY,
  ...[...ACCEPTED, ...REFUSED, ...EITHER].map(([, bytes]) => bytes.toString("utf8")),
];

const rules: RecordRules = { seller: () => "s", subjects: () => [], state: () => ({}) };
const common = { source: "pipa/17", until: null, obligations: [] } as const;
const MASKED: Disclosure = { kind: "mask", clear: 0, reason: "purpose-ended", remedy: null, ...common };
const CLEAR: Disclosure = {
  kind: "reveal",
  clear: ALL_KINDS,
  reason: "purpose-open",
  restReason: "role-lacks-field",
  ...common,
};

describe("JSONTestSuite, through the strict parser", () => {
  it.each(ACCEPTED)("[V1.5.3] reads %s as JSON.parse does", (_, bytes) => {
    expect(strict(bytes)).toEqual(plain(bytes));
  });

  it.each(REFUSED)("refuses %s", (_, bytes) => {
    expect(strict(bytes)).toBeUndefined();
  });

  it.each(TWICE)("[V1.5.3] refuses %s, which others take", (_, bytes) => {
    expect(() => plain(bytes)).not.toThrow();
    expect(strict(bytes)).toBeUndefined();
  });

  it.each(EITHER)("reads %s as JSON.parse does, or not at all", (_, bytes) => {
    const read = strict(bytes);
    if (read !== undefined) expect(read).toEqual(plain(bytes));
  });

  it("refuses a hundred thousand open arrays in no time", () => {
    expect(strict(Buffer.from("[".repeat(100_000)))).toBeUndefined();
  });
});

describe("JSONTestSuite, through the masker", () => {
  const shape = [schema("r", { open: open(), name: pii.name(), memo: pii.memo() }, rules)] as const;

  it.each([true, false])(
    "writes of each value what JSON.stringify would, or nothing (generated: %s)",
    (codeGeneration) => {
      const writer = compileAnswer(shape, { codeGeneration });
      for (const [name, bytes] of ACCEPTED) {
        const { in: value } = plain(bytes);
        const answer = [{ open: value, name: value, memo: value }];
        const found = writer.find(answer);
        const [clear] = JSON.parse(Buffer.from(writer.write(answer, found, [CLEAR])).toString("utf8"));
        // Objects and lists are no open field's: they are left out.
        const isScalar = typeof value !== "object" || value === null;
        expect(clear.open, name).toEqual(isScalar ? JSON.parse(JSON.stringify(value)) : undefined);
        const [masked] = JSON.parse(Buffer.from(writer.write(answer, found, [MASKED])).toString("utf8"));
        if (typeof value === "string" && value.trim() !== "") expect(masked.name, name).not.toBe(value);
      }
    },
  );
});

describe(`${TEXTS.length} naughty strings`, () => {
  it("are read by the strict parser as they are, as values and as names", () => {
    for (const text of TEXTS) {
      const whole = toUSVString(text);
      if (whole === "__proto__") continue;
      const json = JSON.stringify({ in: whole, [`in ${whole}`]: [whole] });
      expect(parseStrictObject(Buffer.from(json))).toEqual(JSON.parse(json));
    }
  });

  it("are masked as every kind, and scrubbed, without an exception and for good", () => {
    for (const text of TEXTS) {
      for (const kind of PII_KINDS) expect(typeof mask(kind, text)).toMatch(/^(?:string|object)$/);
      const clean = scrub(text);
      expect(scrub(clean)).toBe(clean);
      expect(clean === "***" || clean.length > 0 || text === "").toBe(true);
    }
  });

  it("stand in an answer as they are, and make no member of it", () => {
    const writer = compileAnswer([schema("r", { text: open() }, rules)]);
    const answer = TEXTS.map((text) => ({ text }));
    const found = writer.find(answer);
    const bytes = writer.write(
      answer,
      found,
      found.map(() => MASKED),
    );
    expect(JSON.parse(Buffer.from(bytes).toString("utf8"))).toEqual(
      JSON.parse(JSON.stringify(answer)).map((one: object) => expect.objectContaining(one)),
    );
  });

  it("stand in a record as UTF-8 can hold them", () => {
    for (const text of TEXTS) {
      const access = samplePage(0, { purpose: text, origin: { ip: "203.0.113.7", agent: text } });
      const body = encodeRecord("0b8f1f6c-91a2-7c3d-8e4f-5a6b7c8d9e0f", access, "2026-11");
      const { purpose, origin } = decodeRecord(body, []).access;
      expect([purpose, origin.agent]).toEqual([toUSVString(text), toUSVString(text)]);
    }
  });

  it("[P3] are found in the log as they were asked for, and break out of nothing", async () => {
    const database = await PGlite.create();
    const log = await createAccessLog({ database, keys: KEYS });
    const some = NAUGHTY.filter((_, i) => i % 8 === 0);
    await Promise.all(some.map((purpose) => log.append(samplePage(0, { purpose }))));
    const { entries, damaged } = await log.find({}, { limit: 1_000 });
    expect(damaged).toEqual([]);
    // PostgreSQL holds no NUL, and PGlite reads no mark of byte order at the beginning.
    const stored = some.map((text) => toUSVString(text).replace(/\0|^\ufeff/g, "\uFFFD"));
    expect(new Set(entries.map(({ access }) => access.purpose))).toEqual(new Set(stored));
    expect(entries).toHaveLength(some.length);
    await log.close();
    await database.close();
  });

  it("are read back from a sheet's XML as they were; from CSV, too, and run nothing", () => {
    for (const text of TEXTS) {
      expect(unescapeText(escapeText(text))).toBe(text);
      const cell = csvText(text);
      const inner = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      expect([text, `'${text}`]).toContain(inner);
      expect(inner).not.toMatch(/^[=+\-@|%\t\r\n]/);
    }
  });
});
