import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runNode } from "../tool.ts";
import { TOP } from "../workspace.ts";
import type { FaultRunResult } from "./long/run.ts";
import { SEED } from "./seeded.ts";

const MINUTES = 60_000;
/** What `npm run faults` does in five minutes. */
const SECONDS = 30;
/** Other tests run beside this one; `npm run faults` allows five seconds. */
const BACK_WITHIN_MS = 30_000;

describe("[A1 A2 T2 T5 S7 B1 J3 X1] two nodes of a market while everything breaks", () => {
  it(
    `give no data without a record, after its end, to others or twice (GARIM_SEED=${SEED})`,
    async () => {
      // As the build of all the packages: wrong types are the type check's to find.
      await runNode(join(TOP, "node_modules/typescript/bin/tsc"), ["-b", "test/faults/long"], TOP);
      const built: string = "../dist/faults-long/faults/long/run.js";
      const { runFaults } = (await import(built)) as typeof import("./long/run.ts");
      const result: FaultRunResult | undefined = await runFaults({
        seconds: SECONDS,
        seed: SEED,
        backWithinMs: BACK_WITHIN_MS,
      });
      // Without a service it is left out, which is said.
      if (result === undefined) return;
      expect(result.breaches).toEqual([]);
      expect(result.pasts.length).toBeGreaterThan(3);
      expect(result.counts["clear answers"]).toBeGreaterThan(100);
    },
    5 * MINUTES,
  );
});
