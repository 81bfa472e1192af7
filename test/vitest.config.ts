import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * Tests run the sources: no build step stands between an edit and its result. Never add "import" here: these conditions hold
 * for `require`, too, and CommonJS packages would be handed modules.
 */
const conditions = ["garim-source", "node"];

/** New PGlite databases begin as copies of one. */
const alias = [
  {
    find: /^@electric-sql\/pglite$/,
    replacement: fileURLToPath(new URL("services/pglite.ts", import.meta.url)),
  },
];

/** What looks at the packages as users get them, and so needs them built first. */
const builtTests = [
  "test/surface/**/*.test.ts",
  "test/packed/**/*.test.ts",
  "test/docs/**/*.test.ts",
  "test/faults/**/*.test.ts",
  "test/nodes/shutdown.test.ts",
  "test/start/**/*.test.ts",
];

/** What takes long and does not depend on Node's version: the second run of `.ci/run` leaves it out. */
const isSecondRun = process.env["GARIM_SECOND_RUN"] === "1";
const once = [
  "test/faults/**",
  "test/browser/**",
  "test/mutation/**",
  // What PostgreSQL does: plans, partitions, locks.
  "packages/audit/src/{ask,chart,desk,retention}/**",
  "packages/audit/src/{log,log.faults,versions}.test.ts",
  "packages/audit/src/verify/verify-log.test.ts",
  "packages/cli/src/{ask,review,retention,evidence}/**",
  "examples/auditor/**",
  "packages/workbook/src/write-workbook.office.test.ts",
  // Registers by the command, on PostgreSQL.
  "packages/cli/src/duties/**",
];
/** They look after nothing: they take pictures for the console's README, where `GARIM_SCREENSHOTS=1` asks for them. */
const pictures = process.env["GARIM_SCREENSHOTS"] === "1" ? [] : ["test/browser/console-pictures.test.ts"];
const onlyOnce = isSecondRun ? once : [];
if (isSecondRun) console.log(`left out: ${onlyOnce.join(", ")}, because GARIM_SECOND_RUN=1`);

/** What opens a market. No file of these puts something else in a module's place (`vi.mock`), which would be there for the next one, too. */
const markets = ["test/http/**/*.test.ts", "test/attacks/**/*.test.ts", "test/hosts/**/*.test.ts"];

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  resolve: { conditions, alias },
  ssr: { resolve: { conditions } },
  test: {
    // More than there are cores: much of the time goes to waiting for servers, stores and browsers.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A busy machine takes longer than the second it waits by itself.
    expect: { poll: { timeout: 15_000 } },
    setupFiles: [fileURLToPath(new URL("patient.ts", import.meta.url))],
    projects: [
      {
        extends: true,
        test: {
          name: "rooms",
          include: ["packages/*/src/**/*.test.ts", "examples/*/src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: [...builtTests, ...markets, ...pictures, ...onlyOnce, "**/node_modules/**", "**/dist/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "markets",
          include: markets,
          exclude: [...onlyOnce, "**/node_modules/**", "**/dist/**"],
          // All that a market imports takes a second or two to load: once in each worker, not once in each file.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "built",
          include: builtTests,
          exclude: [...onlyOnce, "**/node_modules/**", "**/dist/**"],
          globalSetup: fileURLToPath(new URL("build-once.ts", import.meta.url)),
        },
      },
    ],
  },
});
