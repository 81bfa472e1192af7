import type { Language, Words } from "@garim/policy";

/** The texts of the page. */
export type ConsentWord =
  | "title"
  | "intro"
  | "tool"
  | "seller"
  | "fields"
  | "purpose"
  | "states"
  | "orders"
  | "tasks"
  | "subProcessors"
  | "until"
  | "back"
  | "note"
  | "longest"
  | "days"
  | "allow"
  | "deny"
  | "refused"
  | "leave"
  | "sandbox"
  | "ended"
  | "endedNote"
  | "failed"
  | "failedNote";

/** What stands on the page where a seller decides. */
export const CONSENT_WORDS: Readonly<Record<ConsentWord, Words>> = {
  title: { ko: "셀러툴 연동 동의", en: "Connect a tool" },
  intro: {
    ko: "아래 셀러툴이 판매자님의 주문에 있는 구매자 개인정보를 읽으려고 합니다.",
    en: "This tool asks to read buyers' personal data of your orders.",
  },
  tool: { ko: "셀러툴", en: "Tool" },
  seller: { ko: "판매자", en: "Seller" },
  fields: { ko: "읽는 항목", en: "What it reads" },
  purpose: { ko: "목적", en: "What for" },
  states: { ko: "주문 상태", en: "Orders it reads" },
  orders: { ko: "지정한 주문", en: "Only these orders" },
  tasks: { ko: "위탁 업무", en: "Tasks in the contract" },
  subProcessors: { ko: "재수탁자", en: "Passed on to" },
  until: { ko: "동의 기간", en: "Until" },
  back: { ko: "동의 뒤 이동할 주소", en: "You go back to" },
  note: {
    ko: "구매확정된 주문은 가려서 보여 주고, 보관 기간이 지나면 보여 주지 않습니다. 동의는 언제든지 철회할 수 있습니다.",
    en: "Confirmed orders are masked, and nothing is shown after their time. You can revoke this at any time.",
  },
  longest: { ko: "최대 기간", en: "as long as possible" },
  days: { ko: "일", en: "days" },
  allow: { ko: "동의하고 연동", en: "Agree and connect" },
  deny: { ko: "동의하지 않음", en: "Do not connect" },
  refused: { ko: "연동할 수 없습니다", en: "This tool cannot be connected" },
  leave: { ko: "셀러툴로 돌아가기", en: "Back to the tool" },
  sandbox: { ko: "시험용 (가상의 구매자)", en: "sandbox (made-up buyers)" },
  ended: { ko: "요청이 끝났습니다", en: "This request is over" },
  endedNote: {
    ko: "이미 결정했거나 시간이 지난 요청입니다. 셀러툴에서 다시 시작해 주세요.",
    en: "It was decided already, or took too long. Start again at the tool.",
  },
  failed: { ko: "요청을 처리할 수 없습니다", en: "The request cannot be answered" },
  failedNote: {
    ko: "셀러툴이 보낸 요청이 올바르지 않습니다. 셀러툴에서 다시 시작하거나 셀러툴 운영자에게 알려 주세요.",
    en: "The tool sent a request that is not right. Start again at the tool, or tell whoever runs it.",
  },
};

const STATES: Readonly<Record<string, Words>> = {
  open: { ko: "배송·처리 중인 주문", en: "orders being shipped or handled" },
  claim: { ko: "교환·반품 등 클레임 주문", en: "orders with a claim (exchange, return)" },
};

const PURPOSES: Readonly<Record<string, Words>> = {
  fulfilment: { ko: "주문 처리와 배송", en: "handling and shipping orders" },
};

/** What contracts call tasks, as far as they are known here. */
const TASKS: Readonly<Record<string, string>> = {
  "주문 수집": "collecting orders",
  "주문 관리": "handling orders",
  "송장 출력": "printing shipping labels",
  "배송 처리": "shipping",
  "클레임 처리": "handling claims",
};

/** A task of a contract in words; as the contract has it where it is another. */
export function taskWords(task: string, language: Language): string {
  return language === "en" && Object.hasOwn(TASKS, task) ? (TASKS[task] ?? task) : task;
}

/** A state of orders in words; the text itself where there are none. */
export function stateWords(state: string, language: Language): string {
  return STATES[state]?.[language] ?? state;
}

/** A purpose in words; the tool's own text where it is another. */
export function purposeWords(purpose: string, language: Language): string {
  return PURPOSES[purpose]?.[language] ?? purpose;
}

/** A day in Korea, the last one a grant is good for. @param end - UTC milliseconds, exclusive */
export function dayWords(end: number, language: Language): string {
  const locale = language === "ko" ? "ko-KR" : "en-GB";
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "Asia/Seoul" }).format(end - 1);
}
