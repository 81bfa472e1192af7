import { type Policy, PRIVACY_SECTIONS, type PrivacySections } from "@garim/policy";
import { type PublicFlows, publicFlowRows } from "../flows/public-list.ts";
import type { FiledContract } from "../register/register.ts";
import type { PrivacyDocument } from "./privacy.ts";

/** What of a seller the template is filled with, besides the register. */
export interface SellerFacts {
  readonly sellerId: string;
  /** The name of the shop. */
  readonly name: string;
  /** What buyers' data is used for, and which of it: as the provision (제3자 제공) to the seller has them, or as the shop says. */
  readonly purposes?: string;
  readonly fields?: string;
  /** Privacy officer (개인정보 보호책임자): a name or an office, and how to reach it. */
  readonly officer?: { readonly name: string; readonly contact: string };
}

const NONE = "해당 없음";

/**
 * Drafts a seller's privacy policy from the register and the rules in force. What only the seller knows is left empty, and an empty
 * section is not published: nobody publishes what nobody wrote.
 *
 * @param contracts - the seller's outsourcing contracts with tools, in force
 * @source code-2022/privacy-policy
 */
export function draftPrivacy(
  { sellerId, name, purposes = "", fields = "", officer }: SellerFacts,
  flows: PublicFlows,
  contracts: readonly FiledContract[],
  policy: Policy,
): PrivacyDocument {
  const outsourced = [...publicFlowRows(flows, "outsourcing"), ...contracts.map(sayContract)];
  const known: PrivacySections = {
    purposes,
    fields,
    period: sayPeriod(policy),
    destruction: `이용 목적이 끝나면 ${policy.destroyDays}일 안에 파기합니다. 전자 파일은 되살릴 수 없게 지우고, 종이는 잘게 부수거나 태웁니다.`,
    provision: listOf(publicFlowRows(flows, "provision")),
    outsourcing: listOf(outsourced),
    overseas: listOf(publicFlowRows(flows, "overseas")),
    safety: saySafety(policy),
    rights: `정보주체는 언제든지 개인정보의 열람, 정정·삭제, 처리 정지를 요구할 수 있습니다. 아래 연락처로 요구하시면 ${policy.requestDays}일 안에 답합니다.`,
    automatic: "이 상점은 쿠키 등 자동 수집 장치로 개인정보를 따로 수집하지 않습니다.",
    changes: "처리방침이 바뀌면 이 주소에 새 판을 공개하고 이전 판을 함께 보여 드립니다.",
    ...(officer === undefined ? {} : { officer: `${officer.name}\n${officer.contact}` }),
  };
  const sections = Object.fromEntries(PRIVACY_SECTIONS.map((section) => [section, known[section] ?? ""]));
  return { sellerId, title: name, sections };
}

function listOf(rows: readonly string[]): string {
  return rows.length === 0 ? NONE : rows.map((row) => `- ${row}`).join("\n");
}

function sayContract({ toolId, tasks, subProcessors }: FiledContract): string {
  const passedOn = subProcessors.map(({ name, task, country }) => `${name}(${task}, ${country})`).join(", ");
  return `수탁자: ${toolId} / 위탁 업무: ${tasks.join(", ")} / 재위탁: ${passedOn === "" ? "없음" : passedOn}`;
}

function sayPeriod({ unconfirmedDays, downloadDays, edition }: Policy): string {
  const { contract, dispute } = edition.keeps;
  return [
    `구매확정 또는 취소·반품이 끝날 때까지(확정하지 않으면 배송완료 후 ${unconfirmedDays}일까지) 처리합니다.`,
    `그 뒤에는 화면에서 가려지고, ${downloadDays}일이 지나면 내려받을 수 없습니다.`,
    `다른 법령이 정한 기록은 따로 보관합니다: 계약·대금 결제 기록 ${contract.months / 12}년, 분쟁 처리 기록 ${dispute.months / 12}년(전자상거래법).`,
  ].join("\n");
}

function saySafety({ idleMinutes, recordYears, dormantDays }: Policy): string {
  return [
    "- 담당자마다 계정을 따로 쓰고, 필요한 항목만 볼 수 있게 권한을 나눕니다.",
    "- 구매자 정보를 보기 전에 추가 인증을 합니다.",
    `- ${idleMinutes}분 동안 쓰지 않으면 접속을 끊고, ${dormantDays}일 동안 쓰지 않은 계정의 권한을 말소합니다.`,
    `- 접속기록을 ${recordYears}년 동안 보관하고 점검합니다.`,
    "- 내려받은 파일은 비밀번호로 암호화합니다.",
  ].join("\n");
}
