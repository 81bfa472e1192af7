import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileSpool, openSealed, openWorkbook, writeWorkbook } from "@garim/workbook";
import { afterAll, describe, expect, it } from "vitest";
import { hasOfficeOrSkip, openInOffice } from "../services/office.ts";
import { TOP } from "../workspace.ts";

const hasOffice = await hasOfficeOrSkip("masks in LibreOffice");
const folder = mkdtempSync(join(tmpdir(), "garim-masks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PASSWORD = "Garim!2026-masks";
const VECTORS = join(TOP, "packages", "masking", "vectors", "masking.json");

/** What each kind looks like masked; nothing where all of it is withheld. */
const MASKS = (
  JSON.parse(readFileSync(VECTORS, "utf8")) as readonly { readonly expected: string | null }[]
).map(({ expected }) => expected);

async function seal(): Promise<Buffer> {
  const spool = fileSpool(folder);
  const rows = MASKS.map((mask, i) => [i, mask]);
  const file = await writeWorkbook(rows, {
    spool,
    password: PASSWORD,
    mark: "masks",
    columns: [
      { key: "no", heading: { ko: "번호", en: "No." }, type: "number" },
      { key: "mask", heading: { ko: "가림", en: "Mask" } },
    ],
    summary: { title: { ko: "가림", en: "Masks" }, lines: [] },
  });
  return await buffer(openSealed(spool, file.id));
}

describe("X2: masks in a workbook", () => {
  it("[X2] every mask is in the file as it is on the page", async () => {
    const { sheets } = await openWorkbook(await seal(), PASSWORD);
    const texts = [...(sheets[1]?.rows() ?? [])].slice(1).map(([, mask]) => mask ?? null);
    expect(texts).toEqual(MASKS);
  });

  it.skipIf(!hasOffice)("[X2] and in LibreOffice", { timeout: 240_000 }, async () => {
    const path = join(folder, "가림.xlsx");
    writeFileSync(path, await seal());
    const [document] = await openInOffice([{ path, password: PASSWORD }]);
    const data = document?.sheets?.[1];
    expect(data?.formulas).toBe(0);
    expect(data?.rows.slice(1).map(([, mask]) => mask)).toEqual(MASKS.map((mask) => mask ?? ""));
  });
});
