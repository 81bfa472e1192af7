import { endOfForm } from "./form.ts";

const NOT_PERSONAL =
  /(?<=(?:운송장|송장|등기|택배|주문|상품|품번|제품|모델|쿠폰|프로모션|기프트|바코드|시리얼|일련|제조|승인|결제|접수|사번|관리|고유|면허|법인|보험증|처방|교부|코드|PIN|SKU|LOT|S\/N|SN|No)[\s가-힣]{0,5}[^0-9A-Za-z가-힣]{0,4})/iy;

/**
 * Whether words stand beside an index: in front of it where the expression looks behind, else from it on.
 *
 * @param words - a sticky expression, what may stand between included, every quantifier bounded
 */
export function isBeside(text: string, index: number, words: RegExp): boolean {
  return endOfForm(words, text, index) !== -1;
}

/** Whether the words in front say that a number names an order, a parcel, a product or the like. */
export function isNamedOtherwise(text: string, index: number): boolean {
  return isBeside(text, index, NOT_PERSONAL);
}
