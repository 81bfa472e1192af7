import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readInput } from "./input.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-input-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(name: string, content: string | Uint8Array): Promise<unknown> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return (await readInput(path, noStdin)).values;
}

const noStdin = (): Promise<Uint8Array> => Promise.reject(new Error("standard input is not asked for"));

describe("readInput", () => {
  it.each([
    ["a.json", '{"a":1}', [{ a: 1 }]],
    ["a.json", "\ufeff[\n1\n]", [[1]]],
    ["a.ndjson", '{"a":1}\r\n\r\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ["a.txt", '{"a":1}\n[2]', [{ a: 1 }, [2]]],
    ["a.yaml", "openapi: 3.1.0\npaths: {}\n", [{ openapi: "3.1.0", paths: {} }]],
  ])("reads %s of %j", async (name, text, expected) => {
    expect(await read(name, text)).toEqual(expected);
  });

  it("reads standard input", async () => {
    const stdin = (): Promise<Uint8Array> => Promise.resolve(Buffer.from("[1]"));
    expect(await readInput("-", stdin)).toEqual({ name: "standard input", values: [[1]] });
  });

  it.each([
    ["nothing", "a.json", "  \n", /a\.json is empty/],
    ["no JSON", "a.json", "{홍길동}", /a\.json is no JSON; give JSON, or NDJSON/],
    ["half a document", "a.json", '[\n{"a":"홍길동"},\n', /is no JSON/],
    ["a bad line", "a.ndjson", '{"a":1}\n\n{"a":"홍길동"\n', /line 3 is no JSON; correct that line/],
    [
      "bytes that are no UTF-8",
      "a.json",
      Buffer.from([0xc8, 0xab, 0xb1, 0xe6]),
      /is not UTF-8; save it as UTF-8/,
    ],
    ["no YAML", "a.yml", "a: [홍길동\nb: }", /line \d+ is no YAML/],
    ["[P2] aliases without end", "a.yaml", bomb(), /aliases without end/],
  ])("refuses %s in one line, without the text", async (_, name, content, message) => {
    const refusal = read(name, content);
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.not.toThrow(/홍길동|\n/);
  });

  it.each([
    ["none.json", /is not there; give the path of a file/],
    [".", /is a folder/],
  ])("refuses %s with a remedy", async (name, message) => {
    await expect(readInput(join(folder, name), noStdin)).rejects.toThrow(message);
  });
});

/** Nine lists, each of ten of the one before: a billion in the end. */
function bomb(): string {
  const lines = Array.from(
    { length: 9 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]`,
  );
  return ["a0: &a0 x", ...lines].join("\n");
}
