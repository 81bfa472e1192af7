/** What the finder looks for. Business numbers are told apart: they name a company, not a person. */
export const FOUND_KINDS = [
  "phone",
  "email",
  "rrn",
  "card",
  "account",
  "address",
  "customsCode",
  "passport",
  "businessNumber",
] as const;

/** `rrn` covers the registration numbers of residents (주민등록번호) and of foreigners (외국인등록번호). */
export type FoundKind = (typeof FOUND_KINDS)[number];

/** `certain`: the form itself tells. `likely`: the words around it do, or the form has an innocent reading too. */
export type Confidence = "certain" | "likely";

/** One place of a text that holds personal data. */
export interface Found {
  readonly kind: FoundKind;
  /** UTF-16 index, inclusive. */
  readonly start: number;
  /** UTF-16 index, exclusive. */
  readonly end: number;
  readonly confidence: Confidence;
}

export function found(kind: FoundKind, start: number, end: number, confidence: Confidence): Found {
  return { kind, start, end, confidence };
}
