import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import type { Policy } from "./policy.ts";
import type { Words } from "./words.ts";

/** What a privacy policy (개인정보 처리방침) says, in the order it is read. */
export const PRIVACY_SECTIONS = [
  "purposes",
  "fields",
  "period",
  "destruction",
  "provision",
  "outsourcing",
  "overseas",
  "safety",
  "rights",
  "officer",
  "automatic",
  "changes",
] as const;
export type PrivacySection = (typeof PRIVACY_SECTIONS)[number];

/** What each section is called. */
export const PRIVACY_SECTION_WORDS: Readonly<Record<PrivacySection, Words>> = Object.freeze({
  purposes: { ko: "개인정보의 처리 목적", en: "Purposes" },
  fields: { ko: "처리하는 개인정보의 항목", en: "Personal data that is processed" },
  period: { ko: "개인정보의 처리 및 보유 기간", en: "How long it is kept" },
  destruction: { ko: "개인정보의 파기 절차와 방법", en: "How it is destroyed" },
  provision: { ko: "개인정보의 제3자 제공", en: "Provision to third parties" },
  outsourcing: { ko: "개인정보 처리의 위탁", en: "Outsourcing" },
  overseas: { ko: "개인정보의 국외 이전", en: "Transfer overseas" },
  safety: { ko: "개인정보의 안전성 확보조치", en: "Safety measures" },
  rights: { ko: "정보주체의 권리와 행사 방법", en: "Rights of the data subject" },
  officer: { ko: "개인정보 보호책임자와 연락처", en: "Privacy officer, and how to reach them" },
  automatic: { ko: "개인정보 자동 수집 장치", en: "What is gathered automatically" },
  changes: { ko: "처리방침의 변경", en: "Changes of this policy" },
});

/** The text of each section. */
export type PrivacySections = Readonly<Partial<Record<PrivacySection, string>>>;

/**
 * Lists the sections a privacy policy lacks. What does not apply is said, too ("해당 없음"): an empty section tells nobody.
 *
 * @source code-2022/privacy-policy
 */
export function listPrivacyGaps(sections: PrivacySections): readonly PrivacySection[] {
  return PRIVACY_SECTIONS.filter((name) => {
    const text: unknown = sections?.[name];
    return typeof text !== "string" || text.trim() === "";
  });
}

/**
 * Decides whether a seller's privacy policy may be published.
 *
 * @source code-2022/privacy-policy
 */
export function decidePublication(sections: PrivacySections, { edition }: Policy): Allow | Refuse {
  return listPrivacyGaps(sections).length === 0 ? ALLOW : refuse("policy-incomplete", edition);
}

/**
 * Decides whether a seller's staff may see buyers' data, as far as the seller's privacy policy goes. It is no condition unless the
 * policy says so (`publicationCondition` 1).
 *
 * @param isPublished - whether the seller has one; anything but `true` counts as none
 * @source code-2022/privacy-policy
 */
export function decidePublished(isPublished: boolean, policy: Policy): Allow | Refuse {
  const isMissing = policy.publicationCondition === 1 && isPublished !== true;
  return isMissing ? refuse("policy-missing", policy.edition) : ALLOW;
}
