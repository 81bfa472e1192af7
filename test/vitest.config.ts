import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * Tests run the sources: no build step stands between an edit and its result. Never add "import" here: these conditions hold
 * for `require`, too, and CommonJS packages would be handed modules.
 */
const conditions = ["garim-source", "node"];

/** What looks at the packages as users get them, and so needs them built first. */
const builtTests = [
  "test/surface/**/*.test.ts",
  "test/packed/**/*.test.ts",
  "test/docs/**/*.test.ts",
  "test/faults/**/*.test.ts",
  "test/start/**/*.test.ts",
];

/** The faults take longest and do not depend on Node's version: the second run of `.ci/run` leaves them out. */
const withoutFaults = process.env["GARIM_FAULTS"] === "0" ? ["test/faults/**"] : [];
if (withoutFaults.length > 0) console.log("left out: test/faults, because GARIM_FAULTS=0");

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "rooms",
          include: ["packages/*/src/**/*.test.ts", "examples/*/src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: [...builtTests, "**/node_modules/**", "**/dist/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "built",
          include: builtTests,
          exclude: [...withoutFaults, "**/node_modules/**", "**/dist/**"],
          globalSetup: fileURLToPath(new URL("build-once.ts", import.meta.url)),
        },
      },
    ],
  },
});
