// @ts-check
// `npm run audit`: asks the registry for known holes in what published packages bring. What stands in explained.json is known. Where
// there is no registry to ask, it says so and fails nothing.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { TOP } from "../run/process.mjs";
import { findUnexplained, readAdvisories } from "./advisory.mjs";

const { packageManager = "pnpm@12.21.0" } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);
const { explained } = JSON.parse(readFileSync(new URL("explained.json", import.meta.url), "utf8"));
const args = ["-y", "--package", packageManager, "--", "pnpm", "audit", "--prod", "--json"];
const { stdout, stderr } = spawnSync("npx", args, { cwd: TOP, encoding: "utf8", maxBuffer: 1 << 26 });
const advisories = readAdvisories(stdout ?? "");
const why = `${stdout}${stderr}`.split("\n").find((line) => /ERR_|responded/.test(line)) ?? "";
if (advisories === undefined) console.log(`left out: no registry answered; go online. ${why.trim()}`);
else {
  const open = findUnexplained(advisories, explained);
  for (const line of open) console.log(line);
  console.log(`${advisories.length} known holes, ${open.length} unexplained`);
  process.exitCode = open.length === 0 ? 0 : 1;
}
