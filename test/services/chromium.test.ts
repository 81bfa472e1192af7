import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { startChromiumOrSkip } from "./chromium.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-chromium-"));
const nowhere = join(folder, "chromium");

afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("startChromiumOrSkip", () => {
  it("takes no other browser than the one that is named, and says what is left out without it", async () => {
    const file = join(folder, "left-out.ndjson");
    vi.stubEnv("CHROMIUM_PATH", nowhere);
    vi.stubEnv("GARIM_REQUIRE_SERVICES", undefined);
    vi.stubEnv("GARIM_LEFT_OUT", file);
    expect(await startChromiumOrSkip("pages")).toBeUndefined();
    const said = JSON.parse(readFileSync(file, "utf8"));
    expect(said).toEqual({ what: "pages", why: expect.stringContaining(`none at ${nowhere}`) });
    expect(said.why).toContain("let CHROMIUM_PATH name it");
  });

  it("is an error where every service is required", async () => {
    vi.stubEnv("CHROMIUM_PATH", nowhere);
    vi.stubEnv("GARIM_REQUIRE_SERVICES", "1");
    await expect(startChromiumOrSkip("pages")).rejects.toThrow("pages: Chromium cannot be started");
  });
});
