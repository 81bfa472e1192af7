import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { resolvePolicy, SOURCES } from "@garim/policy";
import fc from "fast-check";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startChromiumOrSkip } from "../../../../test/services/chromium.ts";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { KEYS, NOW, samplePage } from "../../test/sample.ts";
import { ORIGIN, SIGNER } from "../../test/sealed-log.ts";
import type { Access } from "../access.ts";
import type { LogDatabase } from "../database.ts";
import type { Asker } from "../desk/asker.ts";
import { type AccessLog, createAccessLog } from "../log.ts";
import { checkBundle } from "../prove/check-bundle.ts";
import { openReview } from "../review/review-desk.ts";
import { filePlace } from "../seal/file-place.ts";
import type { Verdict } from "../verify/verdict.ts";
import { verifyLog } from "../verify/verify-log.ts";
import type { Evidence } from "./evidence.ts";
import { type EvidenceOptions, makeEvidence } from "./make-evidence.ts";
import { writeEvidencePage } from "./page.ts";

const postgres = await startPostgresOrSkip("evidence on PostgreSQL");
const chromium = await startChromiumOrSkip("the page of evidence in a browser");
const pool = new Pool({ connectionString: postgres?.url, max: 4 });
pool.on("error", () => undefined);
const pglite = new PGlite();
const folder = mkdtempSync(join(tmpdir(), "garim-evidence-"));

afterAll(async () => {
  await Promise.all([pool.end(), pglite.close(), chromium?.close()]);
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const policy = resolvePolicy({ idleMinutes: 10 });
const ASKER: Asker = {
  actor: { kind: "auditor", id: "kim", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "local", agent: null },
  route: "garim evidence",
};

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`makeEvidence on ${name}`, () => {
    const place = filePlace(join(folder, name));
    const to = Date.now() + 3_600_000;
    let log: AccessLog;
    const make = (more: Partial<EvidenceOptions> = {}) =>
      makeEvidence({ desk: log.desk(ASKER), database, policy, from: 0, to, samples: 5, ...more });
    const sealed = async (): Promise<boolean> => {
      const text =
        "select (select max(size) from garim.log_checkpoint) = batches as is_sealed from garim.log_head";
      return (await database.query(text)).rows.some((row) => (row as { is_sealed: boolean }).is_sealed);
    };
    const newestNote = async (): Promise<unknown> => {
      const { rows } = await database.query("select note from garim.log_checkpoint order by no desc limit 1");
      return (rows[0] as { readonly note: string } | undefined)?.note;
    };

    beforeAll(async () => {
      log = await createAccessLog({
        database,
        keys: KEYS,
        seal: { origin: ORIGIN, signers: { all: () => [SIGNER] }, places: [place] },
      });
      const tightened = { edition: policy.edition.id, overrides: { ...policy.overrides } };
      const told: readonly Partial<Access>[] = [
        {
          action: "change-policy",
          outcome: "done",
          policy: tightened,
          detail: { idleMinutes: 10 },
          records: [],
        },
        { policy: tightened },
        { action: "download", policy: tightened },
        { action: "download", outcome: "refused", reason: "download-window-closed", records: [] },
        { policy: tightened },
        { policy: tightened },
        { action: "signal", outcome: "done", reason: "watch-volume", records: [] },
      ];
      for (const one of told) await log.append({ ...samplePage(1), at: NOW, ...one });
      const month = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7);
      // By the clock of who reviews the month is over.
      const review = openReview({
        log,
        database,
        asker: ASKER,
        policy,
        clock: () => Date.now() + 40 * 86_400_000,
      });
      await review.begin(month);
      await vi.waitFor(async () => expect(await sealed()).toBe(true));
      // The copy outside follows the database by a moment.
      await vi.waitFor(async () => expect(await place.latest()).toBe(await newestNote()));
    }, 60_000);
    afterAll(() => log.close());

    it("tells rules, configuration, counts and reviews, and proves samples that anybody checks offline", async () => {
      const verify = () => verifyLog({ database, place, keys: [SIGNER.verifierKey], origin: ORIGIN });
      const { evidence, files } = await make({ verify });
      expect(evidence.months).toMatchObject([
        {
          ...{ records: 8, answers: 4, refused: 1, downloads: 1 },
          signals: [{ reason: "watch-volume", count: 1 }],
        },
      ]);
      expect(files.get("index.html")).toMatch(/이상 징후.*data-heading="건수">1</s);
      expect(evidence.policies).toMatchObject([
        { overrides: { idleMinutes: 10 }, records: 6, first: { seq: 1 }, last: { seq: 8 } },
        { overrides: { claimDays: 10 }, records: 2, first: { seq: 4 }, last: { seq: 7 } },
      ]);
      expect(evidence.changes).toMatchObject([{ seq: 1, detail: { idleMinutes: 10 } }]);
      expect(evidence.reviews).toMatchObject([{ begun: { actor: { id: "kim" } }, signed: null }]);
      expect(evidence.verdict).toMatchObject({ isIntact: true });
      const idle = evidence.rules.flatMap(({ numbers }) => numbers).find((one) => one.name === "idleMinutes");
      expect(idle).toMatchObject({ value: 10, default: 30, most: 60, basis: "ours" });

      expect(evidence.samples).toHaveLength(5);
      for (const { bundle, id } of evidence.samples) {
        const read: unknown = JSON.parse(files.get(bundle ?? "") ?? "null");
        const verdict = checkBundle(read, { keys: [SIGNER.verifierKey], origin: ORIGIN });
        expect(verdict).toMatchObject({ isProven: true, record: { id } });
      }
    }, 60_000);

    it("has a manifest of every file, whose hash is on record before the folder is had", async () => {
      const { files, file, record } = await make();
      const manifest = JSON.parse(files.get("manifest.json") ?? "");
      const others = [...files].filter(([path]) => path !== "manifest.json");
      expect(manifest.files).toEqual(
        others.map(([path, content]) => ({
          path,
          sha256: createHash("sha256").update(content).digest("hex"),
          sizeBytes: Buffer.byteLength(content),
        })),
      );
      for (const [path, content] of others)
        if (path.endsWith(".json")) expect(() => JSON.parse(content)).not.toThrow();
      const { entries } = await log.find({ actions: ["export-log"] }, { limit: 1 });
      expect(entries).toMatchObject([{ id: record.id, access: { file, detail: { verb: "evidence" } } }]);
      const hash = createHash("sha256")
        .update(files.get("manifest.json") ?? "")
        .digest("hex");
      expect(file.sha256).toBe(hash);
    });

    it("has what belongs beside the log: registers as JSON, pages as they are, under names that lead nowhere else", async () => {
      const page = "<p>계획</p>";
      const { files } = await make({ registers: { flows: [{ to: "x" }] }, pages: { plan: page } });
      expect(JSON.parse(files.get("registers/flows.json") ?? "")).toEqual([{ to: "x" }]);
      expect(files.get("registers/plan.html")).toBe(page);
      expect(files.get("manifest.json")).toContain("registers/plan.html");
      await expect(make({ pages: { "../plan": page } })).rejects.toThrow("needs a name");
    });

    it("says loudly that nobody verified, that it is damaged, that a sample is not proven", async () => {
      const page = async (options: Partial<EvidenceOptions>) => (await make(options)).files.get("index.html");
      expect(await page({})).toContain("접속기록 전체를 검증하지 않고 만든 자료입니다");
      await database.query("update garim.log_record set body = body || '\\x00' where seq = 2");
      const verify = () => verifyLog({ database, place, keys: [SIGNER.verifierKey], origin: ORIGIN });
      const { evidence, files } = await make({ verify, samples: 1_000 });
      expect(evidence.verdict).toMatchObject({ isIntact: false, first: { seq: 2 } });
      expect(evidence.damaged).toEqual([2]);
      // Questions are on record by now, and no policy decided them.
      expect(evidence.policies.map(({ edition }) => edition)).not.toContain("none");
      expect(files.get("index.html")).toMatch(/훼손이 발견되었습니다.*읽을 수 없는 접속기록이 있습니다/s);
    });

    it("refuses a window that is none", async () => {
      await expect(make({ from: to })).rejects.toThrow(
        expect.objectContaining({ code: "ERR_GARIM_QUERY_INVALID" }),
      );
    });
  });
}

/** Evidence in which every text that can come from outside is the given one. */
function evidenceWith(text: string): Evidence {
  const actor = { kind: "staff", id: text, sellerId: text } as const;
  const place = { seq: 7, at: NOW };
  const entry = { ...place, actor };
  const damage = { kind: "changed", seq: 3, last: 3, what: text } as const;
  return {
    from: 0,
    to: NOW,
    madeAt: NOW,
    rules: [
      {
        rule: { ko: "규칙", en: "rule" },
        sources: [{ id: "pipa/29", ...SOURCES["pipa/29"] }],
        keptBy: ["decideStepUp"],
        numbers: [{ name: "idleMinutes", value: 1, default: 1, least: 1, most: 1, basis: "ours" }],
      },
    ],
    policies: [{ edition: text, overrides: { [`x${text}`]: 1 }, records: 1, first: place, last: place }],
    changes: [{ ...entry, detail: { [`x${text}`]: text } }],
    months: [
      {
        ...{ month: "2026-11", records: 1, answers: 1, observed: 1, refused: 0, downloads: 0 },
        actions: [],
        signals: [{ reason: text, count: 1 }],
      },
    ],
    reviews: [
      {
        month: text,
        begun: { ...entry, seed: text, size: 1 },
        findings: [],
        signed: { ...entry, sha256: text, until: 3 },
        damaged: [],
      },
    ],
    seed: { seed: text, size: 1 },
    samples: [{ ...entry, id: text, action: "view", bundle: null, why: text }],
    damaged: [3],
    ...verdictsOf({
      isIntact: false,
      first: damage,
      damages: [damage],
      unlisted: 0,
      proven: { records: 2, until: { place: 2, moment: NOW } },
      unsealed: null,
      destroyed: [{ month: text, first: 1, last: 2, by: 3 }],
      replay: null,
    } as unknown as Verdict),
  };
  function verdictsOf(verdict: Verdict): Pick<Evidence, "verdict" | "verdicts"> {
    return { verdict, verdicts: [{ place: text, verdict }] };
  }
}

const tagsOf = (page: string): readonly string[] =>
  (page.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/ .*/s, ""));

describe("writeEvidencePage", () => {
  it("has whatever stands in the log as text: no tag and no attribute comes of it", () => {
    const plain = tagsOf(writeEvidencePage(evidenceWith("x"), ["x"]));
    const parts = fc.array(
      fc.constantFrom("<", ">", '"', "'", "&", "/", "=", " ", "onload", "script", "\u202e"),
      { minLength: 1 },
    );
    const nasty = fc.oneof(
      fc.string({ unit: "binary", minLength: 1 }),
      parts.map((some) => some.join("")),
    );
    fc.assert(
      fc.property(nasty, (text) => {
        expect(tagsOf(writeEvidencePage(evidenceWith(text), [text]))).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });

  it("has its eight parts in order, and loads nothing", () => {
    const page = writeEvidencePage(evidenceWith("x"), ["x"]);
    expect([...page.matchAll(/<h2>(\d)\. /g)].map(([, number]) => Number(number))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(page).not.toMatch(/https?:|<script|<img|<link|url\(/);
  });

  it.skipIf(chromium === undefined)(
    "overflows neither a narrow screen nor A4",
    async () => {
      const page = await chromium?.newPage({ viewport: { width: 360, height: 700 } });
      const long = "가".repeat(150) + "x".repeat(150);
      await page?.setContent(writeEvidencePage(evidenceWith(long), [long]));
      const overflow = () =>
        page?.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      expect(await overflow()).toBe(0);
      await page?.emulateMedia({ media: "print" });
      await page?.setViewportSize({ width: 680, height: 1_000 });
      expect(await overflow()).toBe(0);
    },
    240_000,
  );
});
