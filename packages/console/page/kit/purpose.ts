import { wordsOf } from "./words.ts";

/** What purposes of routes and grants are called, as far as they are known here. */
const PURPOSES: Readonly<Record<string, string>> = wordsOf<Record<string, string>>(
  { fulfilment: "주문 처리와 배송", shipping: "배송", claims: "교환·반품 처리", support: "고객 상담" },
  {
    fulfilment: "handling and shipping orders",
    shipping: "shipping",
    claims: "exchanges and returns",
    support: "helping customers",
  },
);

/** A purpose in words; as it stands where the host made it up, or somebody wrote it. */
export function purposeText(purpose: string): string {
  return Object.hasOwn(PURPOSES, purpose) ? (PURPOSES[purpose] ?? purpose) : purpose;
}
