import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { startChromiumOrSkip } from "../../../../test/services/chromium.ts";
import { sampleEntry } from "../../test/entry.ts";
import { NOW } from "../../test/sample.ts";
import type { Access } from "../access.ts";
import { REVIEW_LIMITS } from "./limits.ts";
import { readReviewMonth } from "./month.ts";
import { writeReviewReport } from "./report.ts";
import type { ShownReview } from "./review-desk.ts";
import { WatchTally } from "./watch-tally.ts";

const chromium = await startChromiumOrSkip("a review's page in a browser");
afterAll(() => chromium?.close());

const MONTH = readReviewMonth("2026-11", Date.parse("2026-12-01T00:00+09:00"));

/** A review in which every text that can come from outside is the given one. */
function shownWith(text: string): ShownReview {
  const actor = { kind: "staff", id: text, sellerId: text } as const;
  const entry = { seq: 7, at: NOW, actor };
  const tally = new WatchTally(MONTH, "00", {
    ...REVIEW_LIMITS,
    volumeFrom: 1,
    volumeTimes: 1,
    manySubjects: 1,
    rowLength: 1,
  });
  const more: Partial<Access> = {
    actor,
    origin: { ip: text, agent: text },
    route: text,
    purpose: text,
    at: NOW,
  };
  const add = (seq: number, size: number, own: Partial<Access>, recordedAt = NOW): void =>
    tally.add({ ...sampleEntry(seq, size, { ...more, ...own }), recordedAt });
  add(1, 1, { origin: { ip: "first", agent: null } }, MONTH.from - 1);
  add(2, 1, { at: NOW - (NOW % 86_400_000) + 15 * 3_600_000 });
  add(3, 1, { action: "download", file: { sha256: "0".repeat(64), sizeBytes: 1 } });
  const download = { download: text, destroyBy: MONTH.from };
  add(3, 0, { action: "fetch-download", outcome: "done", detail: download });
  add(4, 0, { action: "signal", outcome: "done", reason: "new-network" });
  add(5, 0, { outcome: "refused", reason: "account-dormant" });
  add(6, 0, { action: "change-roles", outcome: "done" });
  add(7, 0, { action: "log-query", outcome: "done" });
  tally.add({ seq: 8, kind: "column", column: "seller", why: `in English ${text}` });
  const begun = { ...entry, seed: text, size: 3 };
  const finding = { ...entry, what: text, owner: text, about: 3, isClosed: false };
  const followUps = [{ ...entry, what: text, isClosed: false }];
  const findings = [{ ...finding, followUps }];
  const signed = { ...entry, sha256: text, until: 9 };
  return {
    account: { ...MONTH, begun, limits: REVIEW_LIMITS, watch: tally.watch(), findings },
    text: "{}",
    file: { sha256: text, sizeBytes: 2 },
    record: { seq: 9, id: text },
    state: { month: MONTH.month, begun, findings, signed, damaged: [] },
    isAsSigned: false,
  };
}

const tagsOf = (page: string): readonly string[] =>
  (page.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/ .*/s, ""));

describe("writeReviewReport", () => {
  it("is a page in Korean that loads and runs nothing, for print on A4", () => {
    const page = writeReviewReport(shownWith("x"));
    expect(page).toMatch(/^<!doctype html>\n<html lang="ko">/);
    expect(page).toContain("@page { size: A4");
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:|<script|<img|<link|url\(| on[a-z]+=/);
    const headings = [...page.matchAll(/<h2>(\d+)\. /g)].map(([, number]) => Number(number));
    expect(headings).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    // Every list of the page has a row here, or the property below would not look at it.
    expect(page.match(/<p>없음<\/p>/g)).toBeNull();
    const opened = tagsOf(page).filter((tag) => /^<(?:table|tr|td|th|tbody|thead)>?$/.test(tag));
    for (const name of ["table", "tr", "td", "th", "tbody", "thead"])
      expect(opened.filter((tag) => tag.replace(">", "") === `<${name}`).length).toBe(
        page.split(`</${name}>`).length - 1,
      );
  });

  it("has whatever stands in the log as text: no tag and no attribute comes of it", () => {
    const plain = tagsOf(writeReviewReport(shownWith("x")));
    const any = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            "<",
            ">",
            '"',
            "'",
            "&",
            "`",
            "/",
            "=",
            " ",
            "onload",
            "script",
            "--",
            "]]",
            "\u202e",
          ),
          { minLength: 1 },
        )
        .map((parts) => parts.join("")),
      fc.constantFrom(
        "</td><script>alert(1)</script>",
        '" onmouseover="x',
        "<!--",
        "</style>",
        "&lt;",
        "'><img src=x>",
      ),
    );
    // A blank purpose is none, which the report says in words of its own.
    const nasty = any.filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(nasty, (text) => {
        const page = writeReviewReport(shownWith(text));
        expect(tagsOf(page)).toEqual(plain);
        expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 200 },
    );
  });

  it("says what is damaged in Korean", () => {
    const page = writeReviewReport(shownWith("x"));
    expect(page).toContain("검색 열 변조 (seller)");
    expect(page).not.toContain("in English");
  });

  it("says when nothing is signed", () => {
    const shown = shownWith("x");
    const page = writeReviewReport({ ...shown, state: { ...shown.state, signed: null }, isAsSigned: null });
    expect(page).toContain("아직 서명되지 않았습니다");
    expect(page).not.toContain("서명된 내용과 다릅니다");
  });

  it.skipIf(chromium === undefined)(
    "overflows neither a narrow screen nor A4",
    async () => {
      const page = await chromium?.newPage({ viewport: { width: 360, height: 700 } });
      await page?.setContent(writeReviewReport(shownWith("가".repeat(150) + "x".repeat(150))));
      const overflow = () =>
        page?.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      expect(await overflow()).toBe(0);
      await page?.emulateMedia({ media: "print" });
      // A4 without its margins: 180 mm.
      await page?.setViewportSize({ width: 680, height: 1_000 });
      expect(await overflow()).toBe(0);
    },
    240_000,
  );
});
