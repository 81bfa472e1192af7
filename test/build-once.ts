import { rmSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "./tool.ts";
import { listBuiltOrphans, TOP } from "./workspace.ts";

/**
 * Builds every package before the tests that look at built ones, and removes what was built of sources that are gone.
 * Wrong types are the business of the type check, which says so; what was built in spite of them is still worth looking at.
 */
export async function setup(): Promise<void> {
  await runNode(join(TOP, "node_modules/typescript/bin/tsc"), ["-b", "test/tsconfig.solution.json"], TOP);
  await runNode(join(TOP, "packages/console/build.mjs"), [], TOP);
  for (const path of listBuiltOrphans()) rmSync(join(TOP, path));
}
