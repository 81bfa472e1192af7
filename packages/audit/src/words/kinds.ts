import type { SubjectType, Words } from "@garim/policy";
import type { AccessMode, AccessOutcome, ActorKind } from "../access.ts";

/** What came of it. */
export const OUTCOME_WORDS: Readonly<Record<AccessOutcome, Words>> = Object.freeze({
  disclosed: { ko: "제공", en: "disclosed" },
  refused: { ko: "거절", en: "refused" },
  done: { ko: "완료", en: "done" },
});

/** How a decision was put into effect, where it was not enforced. */
export const MODE_WORDS: Readonly<Record<AccessMode, Words>> = Object.freeze({
  observe: { ko: "관찰만 함(미적용)", en: "observed, not enforced" },
});

/** Who acted, by kind. */
export const ACTOR_WORDS: Readonly<Record<ActorKind, Words>> = Object.freeze({
  staff: { ko: "판매자 담당자", en: "seller's staff" },
  tool: { ko: "셀러툴", en: "seller tool" },
  operator: { ko: "오픈마켓 운영자", en: "marketplace operator" },
  courier: { ko: "배송 담당", en: "couriers' desk" },
  auditor: { ko: "점검자", en: "auditor" },
  anonymous: { ko: "미확인", en: "nobody known" },
  system: { ko: "시스템", en: "the system" },
});

/** By what an identifier names a data subject (정보주체). */
export const SUBJECT_WORDS: Readonly<Record<SubjectType, Words>> = Object.freeze({
  buyer: { ko: "구매자", en: "buyer" },
  phone: { ko: "전화번호", en: "phone" },
  order: { ko: "주문번호", en: "order" },
});
