import type { Garim } from "@garim/express";
import { ORDER_SCHEDULE } from "./records.ts";

type Registers = Garim["registers"];
type Flow = Parameters<Registers["flows"]["put"]>[0];
type Keeper = Parameters<Registers["flows"]["put"]>[1];

/** The market puts its own entries on file as it opens; everything later is somebody's deed. */
const KEEPER: Keeper = {
  actor: { kind: "system", id: "garim-market", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "local", agent: null },
  route: "start",
};

const SINCE = Date.parse("2026-01-01T00:00:00+09:00");
const EVERY_SELLER = { kind: "seller", id: "*" } as const;

/** From the market to every seller: a third party (제3자 제공), for it sells on its own account. */
const TO_SELLERS: Flow = {
  kind: "provision",
  from: { kind: "marketplace", id: "marketplace" },
  to: EVERY_SELLER,
  items: {
    recipient: "주문하신 상품의 판매자",
    purpose: "상품 배송, 교환·반품·환불, 문의 처리",
    fields: "이름, 전화번호, 배송지 주소, 배송 요청사항, 개인통관고유부호(해외 상품)",
    period: "구매확정 또는 취소·반품 완료까지, 이후 가려진 정보만 90일",
    basis: "구매자의 동의와 계약의 이행",
    refusal: "거부할 수 있으나 그 판매자의 상품을 살 수 없습니다",
  },
  evidence: {
    business: "recipient",
    benefit: "recipient",
    direction: "recipient",
    document: "이용약관 12조, 판매자 약관 7조",
  },
  startsAt: SINCE,
  endsAt: null,
};

/** From every seller to the tools it connects: outsourcing (위탁), for the tool does the seller's work as the seller says. */
const TO_TOOLS: Flow = {
  kind: "outsourcing",
  from: EVERY_SELLER,
  to: { kind: "tool", id: "*" },
  items: {
    recipient: "판매자가 연동한 셀러툴",
    contract: "연동할 때 맺는 위탁 계약(표준 계약서 2026-10)",
    tasks: "송장 출력, 주문 관리",
    subProcessors: "계약마다 적힌 재위탁 업체",
    supervision: "접속기록 점검과 파기 확인서",
    education: "연 1회 개인정보 보호 교육",
  },
  evidence: { business: "sender", benefit: "sender", direction: "sender", document: "표준 계약서 2026-10" },
  startsAt: SINCE,
  endsAt: null,
};

const COURIERS = { kind: "courier", id: "*" } as const;

/** From every seller to the couriers that bring its parcels: outsourcing. Files for shipping are made by it. */
const TO_COURIERS: Flow = {
  kind: "outsourcing",
  from: EVERY_SELLER,
  to: COURIERS,
  items: {
    recipient: "판매자가 계약한 택배사",
    contract: "택배 운송 위탁 계약(표준 계약서 2026-10)",
    tasks: "상품 배송, 반품 회수",
    subProcessors: "지역 대리점과 배송 기사",
    supervision: "연 1회 점검, 송장 파일은 배송 뒤 7일 안에 파기",
    education: "연 1회 개인정보 보호 교육",
  },
  evidence: { business: "sender", benefit: "sender", direction: "sender", document: "표준 계약서 2026-10" },
  startsAt: SINCE,
  endsAt: null,
};

/** To couriers abroad, who need the customs code (개인통관고유부호) of what is bought there: a transfer overseas. */
const TO_COURIERS_ABROAD: Flow = {
  kind: "overseas",
  from: EVERY_SELLER,
  to: COURIERS,
  items: {
    recipient: "해외 상품의 현지 배송대행사",
    contact: "privacy@forwarder.example",
    country: "미국, 중국, 일본",
    method: "주문할 때마다 암호화한 파일로 전송",
    purpose: "해외 상품의 발송과 통관",
    fields: "수취인 이름, 전화번호, 주소, 개인통관고유부호",
    period: "통관 뒤 30일",
    basis: "계약의 이행에 필요한 처리위탁",
    refusal: "거부할 수 있으나 해외 상품을 살 수 없습니다",
  },
  evidence: { business: "sender", benefit: "sender", direction: "sender", document: "표준 계약서 2026-10" },
  startsAt: SINCE,
  endsAt: null,
};

const FLOWS = [TO_SELLERS, TO_TOOLS, TO_COURIERS, TO_COURIERS_ABROAD];

/** What everybody of a seller's staff reads once a year. */
const COURSE: Parameters<Registers["education"]["putCourse"]>[0] = {
  id: "basics",
  title: { ko: "구매자 개인정보 다루기", en: "Working with buyers' personal data" },
  roles: ["*"],
  sellerId: null,
  text: [
    "구매자의 이름, 연락처, 주소는 주문을 처리하고 배송하는 데에만 씁니다.",
    "화면을 찍거나 메신저로 보내지 않습니다. 택배사에 넘길 때는 내려받기를 쓰고, 파일은 7일 안에 파기합니다.",
    "구매확정된 주문의 정보는 가려집니다. 반품 등으로 더 필요하면 클레임을 열도록 안내합니다.",
    "계정은 한 사람이 하나씩 씁니다. 이상한 접속을 보면 바로 운영자에게 알립니다.",
  ].join("\n"),
  link: null,
  months: null,
};

/** Opens a market whose registers say where buyers' data goes; what is on file already stays as it is. */
export async function fillRegisters({ registers, tools }: Garim): Promise<void> {
  const { flows, education, schedules } = registers;
  // What a node knows counts for a second, and a start may take longer: asked anew, and read at once.
  await tools.follower.ready();
  const known = flows.list();
  const hasCourse = education.courses().some(({ id }) => id === COURSE.id);
  const hasSchedule = schedules.find(ORDER_SCHEDULE.recordType) !== null;
  for (const flow of FLOWS) if (!known.some((one) => isSameWay(one, flow))) await flows.put(flow, KEEPER);
  if (!hasCourse) await education.putCourse(COURSE, KEEPER);
  if (!hasSchedule) await schedules.put(ORDER_SCHEDULE, KEEPER);
}

type Way = Pick<Flow, "from" | "to" | "kind">;

/** Between two parties there is one entry that stays in the country, and one that leaves it. */
function isSameWay(one: Way, other: Way): boolean {
  const areParties =
    one.from.id === other.from.id && one.to.id === other.to.id && one.to.kind === other.to.kind;
  return areParties && (one.kind === "overseas") === (other.kind === "overseas");
}
