import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepCase, readCorpus } from "./corpus.ts";
import type { Target } from "./target.ts";
import { BUNDLE } from "./targets/bundle.ts";
import { CURSOR } from "./targets/cursor.ts";
import { FINDER } from "./targets/finder.ts";
import { SCHEMA } from "./targets/schema.ts";
import { TOKEN } from "./targets/token.ts";

const TARGETS: readonly Target[] = [SCHEMA, FINDER, CURSOR, TOKEN, BUNDLE];

/** The long form, `npm run fuzz -- SECONDS`: so many for each target, and what is found is kept. */
const SECONDS = Number(process.env["GARIM_FUZZ_SECONDS"] ?? 0);
const RUNS = 400;

/** Tries a target. @returns what went wrong, with the smallest input that shows it */
async function fuzz({
  inputs,
  check,
}: Target): Promise<{ readonly input: unknown; readonly why: string } | null> {
  const property = fc.asyncProperty(inputs, async (input) => await check(plain(input)));
  const long = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: SECONDS * 1_000 };
  const details = await fc.check(property, SECONDS > 0 ? long : { numRuns: RUNS });
  if (!details.failed || details.counterexample === null) return null;
  return { input: plain(details.counterexample[0]), why: String(details.errorInstance) };
}

/** As it comes out of a file. */
function plain(input: unknown): unknown {
  return input === undefined ? null : JSON.parse(JSON.stringify(input));
}

describe.each(TARGETS)("$name", (target) => {
  const corpus = readCorpus(target.name);

  it.each(corpus)("takes $file as it should: $why", async ({ input }) => {
    await target.check(input);
  });

  it("takes whatever comes as it should", { timeout: (SECONDS + 60) * 1_000 }, async () => {
    const found = await fuzz(target);
    if (found !== null && SECONDS > 0) keepCase(target.name, found.input, found.why);
    expect(found).toBeNull();
  });
});

describe("a case that is found", () => {
  it("is kept as its input, and read at every later run", async () => {
    const folder = mkdtempSync(join(tmpdir(), "garim-fuzz-"));
    const broken: Target = {
      name: "broken",
      inputs: fc.nat(),
      check: (input) => {
        if (Number(input) >= 10) throw new Error("ten or more");
      },
    };
    const found = await fuzz(broken);
    expect(found).toMatchObject({ input: 10, why: expect.stringContaining("ten or more") });
    const file = keepCase("broken", found?.input, String(found?.why), folder);
    expect(readCorpus("broken", folder)).toEqual([{ file, input: 10, why: found?.why }]);
    rmSync(folder, { recursive: true });
  });
});
