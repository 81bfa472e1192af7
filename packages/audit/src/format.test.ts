import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Example, makeExample } from "../test/example-log.ts";
import { checkBundle } from "./prove/check-bundle.ts";
import { FIELD } from "./record/field.ts";

const format = readFileSync(new URL("../FORMAT.md", import.meta.url), "utf8");
let example: Example;

beforeAll(async () => {
  example = await makeExample();
});

/** The text of each fenced block. */
function blocks(): readonly string[] {
  return [...format.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
}

describe("FORMAT.md", () => {
  it("names every field of a record by its number, and no other", () => {
    const rows = [...format.matchAll(/^\| *(\d+) *\| *`(\w+)` *\|/gm)].map(([, key, field]) => [
      field,
      Number(key),
    ]);
    expect(Object.fromEntries(rows)).toEqual(FIELD);
  });

  it("has the values of its example", () => {
    const rows = [...format.matchAll(/^\| ([\w ]+) \| `([^`]+)` \|$/gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    const shown = Object.fromEntries(rows.filter(([name = ""]) => name in example.values));
    expect(shown).toEqual(example.values);
  });

  it("says rightly what the leaf of a batch is made of", () => {
    const { "bytes of batch 2": bytes = "", "leaf of batch 2": leaf } = example.values;
    const [, table = ""] = format.split("## The tree of the log");
    const sizes = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, size]) => Number(size));
    expect(createHash("sha256").update(`00${bytes}`, "hex").digest("hex")).toBe(leaf);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(bytes.length / 2);
  });

  it("shows the checkpoint, the copy and the bundle of its example", () => {
    expect(blocks()).toContain(example.checkpoint);
    expect(blocks()).toContain(`${example.copy.join("\n")}\n`);
    const [bundle = ""] = blocks().filter((block) => block.startsWith("{\n"));
    expect(JSON.parse(bundle)).toEqual(example.bundle);
    const verdict = checkBundle(JSON.parse(bundle), { keys: [example.verifierKey], origin: example.origin });
    expect(verdict).toMatchObject({ isProven: true, record: { seq: 2 } });
  });
});
