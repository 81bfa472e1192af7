import { resolvePolicy } from "@garim/policy";
import { fileSpool } from "@garim/workbook";
import { describe, expect, it, vi } from "vitest";
import type { Ground } from "../start/settings.ts";
import { createDownloads, type Downloads } from "./downloads.ts";
import type { DownloadsOptions } from "./options.ts";

const error = vi.fn();

/** Downloads on a database that refuses everything. */
function open(options: DownloadsOptions, isProduction: boolean): Downloads {
  const database = { query: () => Promise.reject(Object.assign(new Error("denied"), { code: "42501" })) };
  const logger = { info: vi.fn(), warn: vi.fn(), error };
  const ground = { clock: Date.now, logger, policy: resolvePolicy(), isProduction, log: undefined };
  return createDownloads(options, database, ground as unknown as Ground);
}

describe("createDownloads", () => {
  it("starts in production with a spool only, and says what to write", async () => {
    const start = (options: DownloadsOptions, isProduction: boolean) => {
      const downloads = open(options, isProduction);
      downloads.start();
      return downloads.close();
    };
    expect(() => start({}, true)).toThrow(expect.objectContaining({ code: "ERR_GARIM_DEPLOYMENT" }));
    expect(() => start({}, true)).toThrow('spool: fileSpool("/var/lib/garim/downloads")');
    await start({ spool: fileSpool("/nowhere") }, true);
    await start({}, false);
  });

  it("says at start that the ledger cannot be kept, and asks again when somebody wants a file", async () => {
    error.mockClear();
    const downloads = open({}, false);
    downloads.start();
    await vi.waitFor(() =>
      expect(error).toHaveBeenCalledWith(expect.anything(), expect.stringContaining("kept")),
    );
    await expect(downloads.ledger()).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
    await downloads.close();
  });
});
