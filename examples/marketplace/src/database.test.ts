import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openEmbedded } from "./database.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-market-fresh-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("openEmbedded", { timeout: 60_000 }, () => {
  it("begins anew without the checkpoints of the log that is gone", async () => {
    const [database, checkpoints] = [join(folder, "database"), join(folder, "checkpoints")];
    for (const place of [database, checkpoints]) mkdirSync(place);
    for (const name of ["PG_VERSION", "of-before"]) writeFileSync(join(database, name), "");
    await (await openEmbedded(folder, true)).close();
    expect([existsSync(join(database, "of-before")), existsSync(checkpoints)]).toEqual([false, false]);
  });
});
