import type { BenchRow } from "../row.ts";

/** The process of one row: runs it and sends its ratio to {@link measureRow}'s process. */
const [module = "", id] = process.argv.slice(2);
const { rows } = (await import(module)) as { rows: readonly BenchRow[] };
process.send?.((await rows.find((row) => row.id === id)?.run()) ?? null);
process.disconnect();
