import { endOfForm } from "./find-form.ts";

const NOT_PERSONAL =
  /(?<=(?:운송장|송장|등기|택배|주문|상품|품번|제품|모델|쿠폰|프로모션|기프트|바코드|시리얼|일련|제조|승인|결제|접수|사번|관리|고유|면허|법인|보험증|처방|교부|코드|PIN|SKU|LOT|S\/N|SN|No)[\s가-힣]{0,5}[^0-9A-Za-z가-힣]{0,4})/iy;

/**
 * Whether words stand in front of an index.
 *
 * @param words - a sticky expression that looks behind, what may stand between included, every quantifier bounded
 */
export function isPrecededBy(text: string, index: number, words: RegExp): boolean {
  return endOfForm(words, text, index) !== -1;
}

/** Whether words stand at an index; the expression is sticky and starts with what may stand between. */
export function isFollowedBy(text: string, index: number, words: RegExp): boolean {
  return endOfForm(words, text, index) !== -1;
}

/** Whether the words in front say that a number names an order, a parcel, a product or the like. */
export function isNamedOtherwise(text: string, index: number): boolean {
  return isPrecededBy(text, index, NOT_PERSONAL);
}
