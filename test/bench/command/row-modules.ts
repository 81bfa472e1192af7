import { readdirSync } from "node:fs";
import type { BenchRow } from "../row.ts";

/** A row and the module that holds it. */
export interface Placed extends BenchRow {
  /** URL of the built module. */
  readonly module: string;
}

/** Loads the rows of every module of `test/bench`, sorted by id. What is not in the sources any more is left alone. */
export async function loadRows(): Promise<readonly Placed[]> {
  const sources = readdirSync(new URL("../../../bench/", import.meta.url));
  const modules = sources
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => new URL(`../${name.replace(/\.ts$/, ".js")}`, import.meta.url).href);
  const rows = await Promise.all(modules.map(loadModule));
  return rows.flat().sort((one, other) => (one.id < other.id ? -1 : 1));
}

async function loadModule(module: string): Promise<readonly Placed[]> {
  const { rows = [] } = (await import(module)) as { rows?: readonly BenchRow[] };
  return rows.map((row) => ({ ...row, module }));
}
