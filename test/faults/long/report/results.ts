import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

/** Seen from where this is built to. */
const FILE = fileURLToPath(new URL("../../../../../faults/RESULTS.md", import.meta.url));
const MARK = "<!-- newest first -->\n";

/** Writes a result below the head of RESULTS.md, with when and where it came about. */
export async function keepResult(title: string, table: string): Promise<void> {
  const text = await readFile(FILE, "utf8");
  const entry = `\n## ${title}, ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC\n\n${machine()}\n\n${table}\n`;
  await writeFile(
    FILE,
    text.replace(MARK, () => MARK + entry),
  );
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown CPU";
  const gb = Math.round(totalmem() / 2 ** 30);
  const [load = 0] = loadavg();
  return `${availableParallelism()} × ${model}, ${gb} GB, ${process.platform}, Node ${process.version}; load at the end ${load.toFixed(1)}.`;
}
