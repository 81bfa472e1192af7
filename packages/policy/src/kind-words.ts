import { type KindSet, kindsOf, type PiiKind } from "./pii-kind.ts";
import type { Language, Words } from "./words.ts";

/** What each kind of personal data is called. */
export const KIND_WORDS: Readonly<Record<PiiKind, Words>> = Object.freeze({
  name: { ko: "이름", en: "name" },
  phone: { ko: "전화번호", en: "phone" },
  email: { ko: "이메일", en: "e-mail" },
  userId: { ko: "아이디", en: "user id" },
  birth: { ko: "생년월일", en: "date of birth" },
  rrn: { ko: "주민등록번호", en: "resident registration number" },
  passport: { ko: "여권번호", en: "passport number" },
  card: { ko: "카드번호", en: "card number" },
  account: { ko: "계좌번호", en: "account number" },
  ip: { ko: "IP 주소", en: "IP address" },
  customsCode: { ko: "개인통관고유부호", en: "customs code" },
  postcode: { ko: "우편번호", en: "postcode" },
  address: { ko: "주소", en: "address" },
  memo: { ko: "배송 메모", en: "delivery memo" },
  company: { ko: "회사명", en: "company" },
});

/** The kinds of a set as one list of words. */
export function nameKinds(kinds: KindSet, language: Language): string {
  return kindsOf(kinds)
    .map((kind) => KIND_WORDS[kind][language])
    .join(", ");
}
