import { describe, expect, it } from "vitest";
import { ALLOW, mask, owe, refuse, reveal } from "./decision.ts";
import { EDITIONS } from "./editions.ts";
import { type Decision, explain } from "./explain.ts";
import { ALL_KINDS, kindSet } from "./pii-kind.ts";
import { resolvePolicy } from "./policy.ts";
import { REASONS } from "./reason.ts";
import { SOURCES } from "./source.ts";

const { edition } = resolvePolicy();
const T = Date.parse("2026-11-22T09:00:00+09:00");
const claim = { reason: "claim-open", restReason: "purpose-ended", until: T } as const;

describe("explain", () => {
  it.each<[string, Decision, string, string]>([
    [
      "a mask",
      mask("role-lacks-field", edition),
      "담당자 권한에 없는 항목이라 가려집니다. 대표 관리자에게 권한을 요청해 주세요. 근거: 개인정보의 안전성 확보조치 기준 제5조 제1항: 접근 권한의 차등 부여.",
      "Masked: your role does not include this field. Ask the owner of the shop for the right. Rule: Safety-measures notice, article 5(1): differentiated rights.",
    ],
    [
      "what is shown, until when, and why the rest is not",
      reveal(kindSet(["name", "phone"]), claim, edition),
      "처리 중인 클레임에 필요한 항목만 볼 수 있습니다. 볼 수 있는 항목: 이름, 전화번호. 기한(한국 시간): 2026-11-22 09:00. 그 밖의 항목: 구매확정 등으로 거래가 끝나 가려집니다. 근거: 당사 기본값(법에 정함 없음), 전자상거래법 제17조 제3항 참조: 청구 처리에 필요한 항목.",
      "A claim is open, so what it needs is shown. Shown: name, phone. Until (Korean time): 2026-11-22 09:00. Other fields: Masked: the purchase is confirmed or otherwise ended. Rule: Our default (no published exception), with e-commerce act article 17(3): what a claim needs.",
    ],
    [
      "a duty that is overdue",
      owe("review-due", T, T + 1, edition),
      "접속기록과 내려받기를 점검할 때입니다. 처리 기한(한국 시간): 2026-11-22 09:00. 기한이 지났습니다. 점검하고 결과를 기록해 주세요. 근거: 개인정보의 안전성 확보조치 기준 제8조 제2항: 접속기록과 내려받기의 점검.",
      "Access records and downloads are to be reviewed. Due (Korean time): 2026-11-22 09:00. It is overdue. Review them and record the result. Rule: Safety-measures notice, article 8(2): access records and downloads are reviewed.",
    ],
    ["leave", ALLOW, "할 수 있습니다.", "Allowed."],
    [
      "a file",
      { kind: "download", kinds: kindSet(["name"]), obligations: ["seal"] },
      "할 수 있습니다. 받을 수 있는 항목: 이름.",
      "Allowed. Included: name.",
    ],
  ])("says %s in both languages", (_, decision, ko, en) => {
    expect(explain(decision, "ko")).toBe(ko);
    expect(explain(decision, "en")).toBe(en);
  });

  it("says no more than is so: no rest where all is shown, no time where none is known, not overdue in time", () => {
    const open = { reason: "purpose-open", restReason: "role-lacks-field", until: null } as const;
    const shown = explain(reveal(ALL_KINDS, open, edition), "en");
    expect(shown).not.toMatch(/Until|Masked|role/);
    expect(explain(owe("review-due", T, T, edition), "en")).not.toContain("overdue");
    expect(explain(owe("review-due", Number.NaN, T, edition), "en")).not.toContain("Due (");
  });

  it("says what a grant gives and until when, and how long something is kept", () => {
    const common = { source: "code-2022/tool", until: T } as const;
    const granted = {
      kind: "granted",
      kinds: kindSet(["phone"]),
      states: [],
      reason: "granted",
      obligations: [],
      ...common,
    } as const;
    expect(explain(granted, "en")).toContain("Shown: phone. Until (Korean time): 2026-11-22 09:00.");
    const kept = { kind: "keep", reason: "kept-by-law", isApart: true, ...common } as const;
    expect(explain(kept, "ko")).toContain("기한(한국 시간): 2026-11-22 09:00.");
    expect(explain({ kind: "done", reason: "destroyed", source: "pipa/21" }, "en")).toBe(
      "Destroyed and confirmed. Rule: PIPA article 21: data whose purpose is fulfilled.",
    );
  });

  it.each(Object.keys(REASONS) as (keyof typeof REASONS)[])(
    "finds sentences for %s in every edition",
    (reason) => {
      for (const one of EDITIONS) {
        expect(explain(refuse(reason, one), "ko")).toMatch(/[가-힣].*근거: /);
        expect(explain(refuse(reason, one), "en")).toMatch(/^[A-Z][^가-힣]*\. .*Rule: [^가-힣]*\.$/);
      }
    },
  );

  it("cites only sources that have words", () => {
    for (const entry of Object.values(SOURCES)) expect(entry.ko.length * entry.en.length).toBeGreaterThan(0);
  });
});
