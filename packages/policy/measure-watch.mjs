// @ts-check
// Prints how well the detectors do, and writes it into README.md: `pnpm build && node packages/policy/measure-watch.mjs`.
import { readFileSync, writeFileSync } from "node:fs";
import { fillFigures, measureWatch, SEEDS, writeFigures } from "./simulation/figures.mjs";

const detectors = await import("./dist/index.js");
const policy = detectors.resolvePolicy();
for (const [name, seed] of Object.entries(SEEDS)) {
  const figures = measureWatch(seed, detectors, policy);
  process.stdout.write(`${name} (seed ${seed})\n${writeFigures(figures)}\n\n`);
  if (name !== "reported") continue;
  const readme = new URL("README.md", import.meta.url);
  writeFileSync(readme, fillFigures(readFileSync(readme, "utf8"), figures));
}
