// @ts-check
// `npm run fuzz [-- SECONDS]`: fuzzes each target for so long, a minute if not said. What is found is kept in corpus, and every test run
// tries it from then on.
import { runNode } from "../run/process.mjs";

const [seconds = "60"] = process.argv.slice(2);
const args = ["run", "--config", "test/vitest.config.ts", "--project", "rooms", "test/fuzz"];
process.exitCode = runNode("node_modules/vitest/vitest.mjs", args, { GARIM_FUZZ_SECONDS: seconds }) ?? 1;
