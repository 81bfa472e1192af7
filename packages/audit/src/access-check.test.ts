import { describe, expect, it } from "vitest";
import { sampleLine, sampleOrder, samplePage } from "../test/sample.ts";
import { type Access, MAX_LINES, MAX_RECORDS } from "./access.ts";
import { readAccess } from "./access-check.ts";

const page = samplePage(1);

describe("readAccess", () => {
  it("leaves a good access as it is", () => {
    expect(readAccess(page)).toEqual(page);
  });

  it.each([
    ["identifier (식별자)", { actor: { ...page.actor, id: "" } }, /actor\.id/],
    ["identifier (식별자)", { actor: { ...page.actor, id: undefined } }, /actor\.id/],
    ["time (접속일시)", { at: null }, /at must be/],
    ["time (접속일시)", { at: Number.NaN }, /at must be/],
    ["origin (접속지)", { origin: { ip: "", agent: null } }, /origin\.ip/],
    ["origin (접속지)", { origin: { ip: null, agent: null } }, /origin\.ip/],
    ["data subjects (처리한 정보주체)", { records: [{ ...sampleOrder(0), subjects: [] }] }, /subjects/],
    ["data subjects (처리한 정보주체)", { records: null }, /records/],
    ["action (수행업무)", { action: null }, /action/],
    ["action (수행업무)", { action: "peek" }, /view, download/],
  ])("[notice-2026-9/8-1] refuses an access without %s", (_, wrong, message) => {
    expectRefused(wrong, message);
  });

  it.each([
    ["an id that is too long for an index", { actor: { ...page.actor, id: "x".repeat(257) } }, /256/],
    ["an empty seller", { actor: { ...page.actor, sellerId: "" } }, /sellerId/],
    ["an unknown kind of actor", { actor: { ...page.actor, kind: "robot" } }, /staff, tool, operator/],
    ["a target without an id", { target: { ...page.actor, id: "" } }, /target\.id/],
    ["an unknown kind of target", { target: { ...page.actor, kind: "buyer" } }, /target\.kind/],
    ["an unknown outcome", { outcome: "shown" }, /disclosed, refused/],
    ["an unknown reason", { reason: "because" }, /purpose-open/],
    ["records without a surface", { surface: null }, /surface/],
    ["more records than a body holds", { records: Array(MAX_RECORDS + 1).fill(sampleOrder(0)) }, /pages/],
    [
      "more lines than a body holds",
      { records: [{ ...sampleOrder(0), lines: Array(MAX_LINES + 1).fill(sampleLine(0)) }] },
      /lines/,
    ],
    ["nobody asked for", { asked: [{ type: "buyer", id: "" }] }, /asked.*subject\.buyer/],
    [
      "more asked for than anybody asks",
      { asked: Array(101).fill({ type: "buyer", id: "b" }) },
      /at most 100/,
    ],
    ["a detail that is an object", { detail: { roles: {} } }, /detail\.roles/],
    ["a detail that is no number", { detail: { count: Number.NaN } }, /detail\.count/],
    ["a detail without a name", { detail: { "": 1 } }, /names/],
    ["too many details", { detail: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [i, i])) }, /32/],
    ["a file without its hash", { file: { sha256: "AB", sizeBytes: 1 } }, /64 lower-case/],
    ["a file of no size", { file: { sha256: "0".repeat(64), sizeBytes: -1 } }, /sizeBytes/],
    ["a grant without an id", { grant: "" }, /grant/],
    ["a key without an id", { key: "" }, /key/],
  ])("refuses %s", (_, wrong, message) => {
    expectRefused(wrong, message);
  });

  it("[P3] brings texts into what every database stores, and cuts what a client chooses", () => {
    const hostile = readAccess({
      ...page,
      actor: { kind: "staff", id: "a\0b\uD800", sellerId: "\uDC00" },
      origin: { ip: "1".repeat(500), agent: `${"x".repeat(199)}😀` },
      purpose: "\0",
    });
    expect(hostile.actor).toEqual({ kind: "staff", id: "a\uFFFDb\uFFFD", sellerId: "\uFFFD" });
    expect(hostile.origin).toEqual({ ip: "1".repeat(64), agent: `${"x".repeat(199)}\uFFFD` });
    expect(hostile.purpose).toBe("\uFFFD");
  });
});

function expectRefused(wrong: object, message: RegExp): void {
  const refused = { code: "ERR_GARIM_RECORD_INVALID", message: expect.stringMatching(message) };
  expect(() => readAccess({ ...page, ...wrong } as Access)).toThrow(expect.objectContaining(refused));
}
