import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests run the sources: no build step stands between an edit and its result. */
const conditions = ["garim-source", "node", "import", "default"];

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "examples/*/src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
