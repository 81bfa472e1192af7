import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import { isMoment } from "./moment.ts";
import type { Policy } from "./policy.ts";
import type { Reason } from "./reason.ts";
import type { Words } from "./words.ts";

/** What handing data on is: provision to a third party (제3자 제공), outsourcing (위탁), transfer overseas (국외 이전). */
export const FLOW_KINDS = ["provision", "outsourcing", "overseas"] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/** What an entry of the register has to say. */
export type FlowItem =
  | "recipient"
  | "contact"
  | "purpose"
  | "fields"
  | "period"
  | "basis"
  | "refusal"
  | "contract"
  | "tasks"
  | "subProcessors"
  | "supervision"
  | "education"
  | "country"
  | "method";

/** What each item is called on forms and pages. */
export const FLOW_ITEM_WORDS: Readonly<Record<FlowItem, Words>> = Object.freeze({
  recipient: { ko: "제공받는 자·수탁자", en: "recipient" },
  contact: { ko: "연락처", en: "contact" },
  purpose: { ko: "이용 목적", en: "purpose" },
  fields: { ko: "항목", en: "fields" },
  period: { ko: "보유·이용 기간", en: "period of use" },
  basis: { ko: "법적 근거", en: "legal basis" },
  refusal: { ko: "거부할 권리와 불이익", en: "right to refuse, and its consequence" },
  contract: { ko: "위탁 계약서", en: "contract" },
  tasks: { ko: "위탁 업무", en: "tasks" },
  subProcessors: { ko: "재위탁", en: "sub-processors" },
  supervision: { ko: "관리·감독", en: "supervision" },
  education: { ko: "수탁자 교육", en: "education of the processor" },
  country: { ko: "이전되는 국가", en: "country" },
  method: { ko: "이전 일시와 방법", en: "when and how it is transferred" },
});

/** What each kind is called. */
export const FLOW_KIND_WORDS: Readonly<Record<FlowKind, Words>> = Object.freeze({
  provision: { ko: "제3자 제공", en: "provision to a third party" },
  outsourcing: { ko: "처리 위탁", en: "outsourcing" },
  overseas: { ko: "국외 이전", en: "transfer overseas" },
});

/**
 * What the law wants said of each kind.
 *
 * @source pipa/17, pipa/26, pipa/28-8
 */
export const FLOW_ITEMS: Readonly<Record<FlowKind, readonly FlowItem[]>> = Object.freeze({
  provision: ["recipient", "purpose", "fields", "period", "basis", "refusal"],
  outsourcing: ["recipient", "contract", "tasks", "subProcessors", "supervision", "education"],
  overseas: ["recipient", "contact", "country", "method", "purpose", "fields", "period", "basis", "refusal"],
});

/** Of the two who hand on and receive, one. */
export type FlowSide = "sender" | "recipient";

/** Why a flow is what it is said to be: what courts ask before they call it provision or outsourcing. */
export interface FlowEvidence {
  /** Whose business the data is used for. */
  readonly business: FlowSide;
  /** Who gains by it. */
  readonly benefit: FlowSide;
  /** Who says what is done with it, and oversees that. */
  readonly direction: FlowSide;
  /** Where the papers are that show it; no personal data. */
  readonly document: string;
}

/** An entry of the register, as far as it is judged. Moments are UTC milliseconds, the end exclusive; `null` for none agreed. */
export interface FlowFacts {
  readonly kind: FlowKind;
  readonly items: Readonly<Partial<Record<FlowItem, string>>>;
  readonly evidence: FlowEvidence | null;
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/** What an entry lacks. */
export type FlowGap = FlowItem | "evidence";

/**
 * Lists what an entry of the register lacks: items that the law wants said and that are not, and evidence for the choice.
 *
 * @returns in the order of the form; empty for a complete entry
 * @source pipa/17, pipa/26, pipa/28-8
 */
export function listFlowGaps(flow: FlowFacts): readonly FlowGap[] {
  const items = Object.hasOwn(FLOW_ITEMS, flow.kind) ? FLOW_ITEMS[flow.kind] : FLOW_ITEMS.overseas;
  const lacking: FlowGap[] = items.filter((item) => !isSaid(flow.items?.[item]));
  return isEvidence(flow.evidence) ? lacking : [...lacking, "evidence"];
}

/**
 * Tells whether the evidence speaks against the choice. Whoever works on another's business, as the other directs, is a processor
 * (수탁자); whoever uses the data for an own business is a third party. A transfer overseas is either.
 *
 * @source pipa/17, pipa/26
 */
export function isFlowContradicted({ kind, evidence }: FlowFacts): boolean {
  if (!isEvidence(evidence) || kind === "overseas") return false;
  const { business, direction } = evidence;
  const is = kind === "outsourcing" ? "sender" : "recipient";
  return business !== is || direction !== is;
}

/**
 * Decides whether buyers' data may go where an entry of the register says. Without an entry, or with one that lacks something, none goes.
 *
 * @param flow - the entry of these two parties; `null` where there is none
 * @param now - UTC milliseconds
 * @source pipa/17, pipa/26, pipa/28-8
 */
export function decideFlow(flow: FlowFacts | null, now: number, { edition }: Policy): Allow | Refuse {
  if (flow === null) return refuse("flow-missing", edition);
  if (listFlowGaps(flow).length > 0) return refuse(INCOMPLETE[flow.kind] ?? "flow-missing", edition);
  if (isFlowContradicted(flow)) return refuse("flow-contradicted", edition);
  return isInForce(flow, now) ? ALLOW : refuse("flow-ended", edition);
}

/**
 * Decides whether data may leave the country: as {@link decideFlow}, with a reason of its own where nothing is on file.
 *
 * @source pipa/28-8
 */
export function decideOverseas(flow: FlowFacts | null, now: number, policy: Policy): Allow | Refuse {
  if (flow === null || flow.kind !== "overseas") return refuse("overseas-missing", policy.edition);
  return decideFlow(flow, now, policy);
}

const INCOMPLETE: Readonly<Record<FlowKind, Reason>> = {
  provision: "provision-incomplete",
  outsourcing: "outsourcing-incomplete",
  overseas: "overseas-incomplete",
};

function isInForce({ startsAt, endsAt }: FlowFacts, now: number): boolean {
  const hasBegun = isMoment(startsAt) && isMoment(now) && startsAt <= now;
  return hasBegun && (endsAt === null || (isMoment(endsAt) && now < endsAt));
}

function isSaid(text: unknown): boolean {
  return typeof text === "string" && text.trim() !== "";
}

const SIDES: readonly unknown[] = ["sender", "recipient"] satisfies FlowSide[];

function isEvidence(evidence: FlowEvidence | null): evidence is FlowEvidence {
  if (typeof evidence !== "object" || evidence === null) return false;
  const { business, benefit, direction, document } = evidence;
  return [business, benefit, direction].every((side) => SIDES.includes(side)) && isSaid(document);
}
