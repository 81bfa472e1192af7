import { open, pii, schema } from "@garim/masking";
import { kindSet } from "@garim/policy";
import { describe, expect, it } from "vitest";
import type { DownloadOptions } from "./options.ts";
import { resolveDownload } from "./route.ts";

const line = schema(
  "line",
  { no: open(), buyer: { name: pii.name(), email: pii.email() }, claims: [{ id: open() }] },
  { seller: () => "S1", subjects: () => [], state: () => ({}) },
);
const PURPOSE = { ko: "발송", en: "Shipping", fields: ["buyer.name"] };

describe("resolveDownload", () => {
  it("offers what fits a cell, for shipping and service, unless the host says otherwise", () => {
    const { fields, purposes, maxRows, fileName } = resolveDownload(line, {});
    expect(fields.map(({ path }) => path)).toEqual(["no", "buyer.name", "buyer.email"]);
    expect([...purposes].map(([name, { fields: needed }]) => [name, needed])).toEqual([
      ["shipping", ["no", "buyer.name"]],
      ["service", ["no", "buyer.name"]],
    ]);
    expect([maxRows, fileName]).toEqual([1_000_000, "line"]);
  });

  it("offers the columns the host names and no others", () => {
    const columns = { "buyer.name": { ko: "구매자", en: "Buyer", width: 9 } };
    const { fields, rowOf } = resolveDownload(line, { columns, purposes: { shipping: PURPOSE } });
    expect(fields.map(({ column }) => column)).toEqual([
      { key: "buyer.name", heading: { ko: "구매자", en: "Buyer" }, type: "text", width: 9 },
    ]);
    expect(rowOf(["no", "buyer.name"]).kinds).toBe(kindSet(["name"]));
  });

  it.each<[object, string, string]>([
    [{ purpose: {} }, "ERR_GARIM_OPTION_UNKNOWN", "Did you mean purposes?"],
    [{ count: 7 }, "ERR_GARIM_OPTION_INVALID", "count to be a function"],
    [{ current: [] }, "ERR_GARIM_OPTION_INVALID", "current to be a function"],
    [{ maxRows: 5_000_001 }, "ERR_GARIM_OPTION_INVALID", "from 1 to 5000000"],
    [{ maxRows: 0 }, "ERR_GARIM_OPTION_INVALID", "from 1 to 5000000"],
    [{ fileName: " " }, "ERR_GARIM_OPTION_INVALID", "fileName"],
    [{ purposes: {} }, "ERR_GARIM_OPTION_INVALID", "at least one purpose"],
    [{ purposes: { a: { ko: "가" } } }, "ERR_GARIM_OPTION_INVALID", "purposes.a"],
    [
      { purposes: { a: { ...PURPOSE, to: { kind: "friend" } } } },
      "ERR_GARIM_OPTION_INVALID",
      "purposes.a.to",
    ],
    [
      { purposes: { a: { ...PURPOSE, to: { kind: "courier", id: "" } } } },
      "ERR_GARIM_OPTION_INVALID",
      "purposes.a.to",
    ],
    [
      { purposes: { a: { ...PURPOSE, fields: ["buyer.nam"] } } },
      "ERR_GARIM_OPTION_INVALID",
      "Did you mean buyer.name?",
    ],
    [{ columns: { claims: PURPOSE } }, "ERR_GARIM_OPTION_INVALID", "no field that fits a cell"],
  ])("refuses %j and says what is meant", (options, code, words) => {
    const resolve = () => resolveDownload(line, options as DownloadOptions);
    expect(resolve).toThrow(expect.objectContaining({ code }));
    expect(resolve).toThrow(words);
  });
});
