import { describe, expect, it } from "vitest";
import { findDatabase, findKeys, needKeys } from "./place.ts";

const URL = "postgres://u:hunter2@h/d";
const EMBEDDED = { file: "/c.json", database: { embedded: "/db" } };
const FROM = { file: "/c.json", database: { urlFrom: "LOG_URL" } };

describe("findDatabase", () => {
  it.each([
    [
      "the environment",
      undefined,
      {},
      { DATABASE_URL: URL },
      { kind: "server", url: URL, from: "DATABASE_URL" },
    ],
    ["an option before everything", "./db", FROM, { LOG_URL: URL }, { kind: "embedded", folder: "./db" }],
    [
      "the variable the configuration names",
      undefined,
      FROM,
      { LOG_URL: URL, DATABASE_URL: "x" },
      {
        kind: "server",
        url: URL,
        from: "LOG_URL",
      },
    ],
    [
      "the folder the configuration names",
      undefined,
      EMBEDDED,
      { DATABASE_URL: "" },
      {
        kind: "embedded",
        folder: "/db",
      },
    ],
  ])("takes %s", (_, option, config, env, expected) => {
    expect(findDatabase(option, config, env)).toEqual(expected);
  });

  it.each([
    ["nothing is said", {}, {}, /No database is said; write DATABASE_URL=.*or --embedded DIR/],
    [
      "the named variable is not set",
      FROM,
      { DATABASE_URL: URL },
      /c\.json says that LOG_URL holds .*; set it/,
    ],
    [
      "two are said",
      EMBEDDED,
      { DATABASE_URL: URL },
      /Two databases are said.*unset one, or write --embedded/,
    ],
  ])("refuses to guess where %s", (_, config, env, message) => {
    expect(() => findDatabase(undefined, config, env)).toThrow(message);
    expect(() => findDatabase(undefined, config, env)).not.toThrow(/hunter2/);
  });
});

describe("findKeys", () => {
  it.each([
    ["option", "a", { keys: "c" }, { GARIM_KEYS: "b" }, "a"],
    ["environment", undefined, { keys: "c" }, { GARIM_KEYS: "b" }, "b"],
    ["configuration", undefined, { keys: "c" }, { GARIM_KEYS: "" }, "c"],
    ["nothing", undefined, {}, {}, undefined],
  ])("takes them by %s", (_, option, config, env, expected) => {
    expect(findKeys(option, config, env)).toBe(expected);
  });
});

describe("needKeys", () => {
  it("gives the path that was said, and says what to write where none was", () => {
    expect(needKeys("k", "x")).toBe("k");
    expect(() => needKeys(undefined, "who-saw turns a buyer into pseudonyms")).toThrow(
      /who-saw turns a buyer into pseudonyms by the key file, and none is said; write --keys FILE/,
    );
  });
});
