import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { leftOut } from "./left-out.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-left-out-"));
const file = join(folder, "left-out.ndjson");

afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("leftOut", () => {
  it("collects what did not run in the file of the run", () => {
    vi.stubEnv("GARIM_REQUIRE_SERVICES", undefined);
    vi.stubEnv("GARIM_LEFT_OUT", file);
    expect(leftOut("append on PostgreSQL", "no server")).toBe(true);
    expect(readFileSync(file, "utf8")).toBe('{"what":"append on PostgreSQL","why":"no server"}\n');
  });

  it("is an error where every service is required", () => {
    vi.stubEnv("GARIM_REQUIRE_SERVICES", "1");
    expect(() => leftOut("append on PostgreSQL", "no server")).toThrow("no server");
  });
});
