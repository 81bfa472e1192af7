import { html, layPage, layTable, type PageColumn } from "@garim/audit";
import {
  decideFlow,
  FLOW_ITEM_WORDS,
  FLOW_KIND_WORDS,
  FLOW_KINDS,
  type FlowItem,
  type FlowKind,
  type Policy,
} from "@garim/policy";
import type { FiledFlow, FlowParty } from "./flow.ts";

/** What of each kind is told to the public: what the law wants in a privacy policy, and no papers. */
const PUBLIC_ITEMS: Readonly<Record<FlowKind, readonly FlowItem[]>> = Object.freeze({
  provision: ["recipient", "purpose", "fields", "period", "refusal"],
  outsourcing: ["recipient", "tasks", "subProcessors"],
  overseas: ["recipient", "contact", "country", "method", "purpose", "fields", "period", "basis", "refusal"],
});

/** One entry as the public reads it. */
export type PublicFlow = Readonly<Partial<Record<FlowItem, string>>>;

/** To whom one sender's data goes (처리방침의 제공·위탁·국외 이전 목록). */
export interface PublicFlows {
  readonly sender: FlowParty;
  /** UTC milliseconds. */
  readonly madeAt: number;
  readonly flows: Readonly<Record<FlowKind, readonly PublicFlow[]>>;
}

/**
 * Lists what a sender's privacy policy names: the entries that are complete and in force. What lacks something is not told, and nothing
 * goes by it either.
 *
 * @param now - UTC milliseconds
 * @source pipa/17, pipa/26, pipa/28-8
 */
export function listPublicFlows(
  flows: readonly FiledFlow[],
  sender: FlowParty,
  now: number,
  policy: Policy,
): PublicFlows {
  const own = flows.filter(({ from }) => from.kind === sender.kind && [sender.id, "*"].includes(from.id));
  const live = own.filter((flow) => decideFlow(flow, now, policy).kind === "allow");
  const told = (kind: FlowKind): readonly PublicFlow[] =>
    live.filter((flow) => flow.kind === kind).map((flow) => tellOf(flow, PUBLIC_ITEMS[kind]));
  return {
    sender,
    madeAt: now,
    flows: {
      provision: told("provision"),
      outsourcing: told("outsourcing"),
      overseas: told("overseas"),
    },
  };
}

function tellOf({ items }: FiledFlow, names: readonly FlowItem[]): PublicFlow {
  return Object.fromEntries(names.map((name) => [name, items[name] ?? ""]));
}

/** Writes the list as a page in Korean that loads and runs nothing; whatever stands in the register is text in it. */
export function writePublicFlows({ flows }: PublicFlows): string {
  const parts = FLOW_KINDS.flatMap((kind) => [
    html`\n<h2>${FLOW_KIND_WORDS[kind].ko}</h2>\n`,
    layTable(columnsOf(kind), flows[kind]),
  ]);
  return layPage("개인정보의 제3자 제공, 처리 위탁, 국외 이전", parts);
}

function columnsOf(kind: FlowKind): readonly PageColumn<PublicFlow>[] {
  return PUBLIC_ITEMS[kind].map((name) => ({
    heading: FLOW_ITEM_WORDS[name].ko,
    cell: (flow) => flow[name] ?? "",
  }));
}

/** The same as rows of text, for whoever lays them out otherwise. */
export function publicFlowRows({ flows }: PublicFlows, kind: FlowKind): readonly string[] {
  return flows[kind].map((flow) =>
    PUBLIC_ITEMS[kind].map((name) => `${FLOW_ITEM_WORDS[name].ko}: ${flow[name] ?? ""}`).join(" / "),
  );
}
