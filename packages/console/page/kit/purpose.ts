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

/** What contracts call tasks, in English as far as they are known here. */
const TASKS: Readonly<Record<string, string>> = wordsOf<Record<string, string>>(
  {},
  {
    "주문 수집": "collecting orders",
    "주문 관리": "handling orders",
    "송장 출력": "printing shipping labels",
    "배송 처리": "shipping",
    "클레임 처리": "handling claims",
  },
);

/** A task of a contract in words; as the contract has it where it is another. */
export function taskText(task: string): string {
  return Object.hasOwn(TASKS, task) ? (TASKS[task] ?? task) : task;
}

/** A purpose in words; as it stands where the host made it up, or somebody wrote it. */
export function purposeText(purpose: string): string {
  return Object.hasOwn(PURPOSES, purpose) ? (PURPOSES[purpose] ?? purpose) : purpose;
}
