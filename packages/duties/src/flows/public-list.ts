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
import { type PageAsked, pageByKey, type RowKey } from "../paging/page-by-key.ts";
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
  /** The key of the last entry where there are more, to be given back as `after`; `null` at the end. */
  readonly next: string | null;
}

/**
 * Lists what a sender's privacy policy names: the entries that are complete and in force. What lacks something is not told, and nothing
 * goes by it either.
 *
 * @param now - UTC milliseconds
 * @param asked - which part; all of them if left out
 * @source pipa/17, pipa/26, pipa/28-8
 */
export function listPublicFlows(
  flows: readonly FiledFlow[],
  sender: FlowParty,
  now: number,
  policy: Policy,
  asked?: PageAsked,
): PublicFlows {
  const own = flows.filter(({ from }) => from.kind === sender.kind && [sender.id, "*"].includes(from.id));
  const live = own.filter((flow) => decideFlow(flow, now, policy).kind === "allow");
  const { entries, next } =
    asked === undefined ? { entries: live, next: null } : pageByKey(live, keyOf, asked);
  const told = (kind: FlowKind): readonly PublicFlow[] =>
    entries.filter((flow) => flow.kind === kind).map((flow) => tellOf(flow, PUBLIC_ITEMS[kind]));
  return {
    sender,
    madeAt: now,
    flows: {
      provision: told("provision"),
      outsourcing: told("outsourcing"),
      overseas: told("overseas"),
    },
    next,
  };
}

/** Kind by kind, as the page has them. */
function keyOf({ kind, from, to }: FiledFlow): RowKey {
  return [FLOW_KINDS.indexOf(kind), from.id, to.kind, to.id];
}

function tellOf({ items }: FiledFlow, names: readonly FlowItem[]): PublicFlow {
  return Object.fromEntries(names.map((name) => [name, items[name] ?? ""]));
}

/** Writes the list as a page in Korean that loads and runs nothing; whatever stands in the register is text in it. */
export function writePublicFlows({ flows, sender, next }: PublicFlows): string {
  const parts = FLOW_KINDS.flatMap((kind) => [
    html`\n<h2>${FLOW_KIND_WORDS[kind].ko}</h2>\n`,
    layTable(columnsOf(kind), flows[kind]),
  ]);
  const more = next === null ? [] : [html`\n<p><a href="${linkTo(sender, next)}">다음 항목</a></p>`];
  return layPage("개인정보의 제3자 제공, 처리 위탁, 국외 이전", [...parts, ...more]);
}

function linkTo({ kind, id }: FlowParty, after: string): string {
  return `?${new URLSearchParams({ ...(kind === "seller" ? { seller: id } : {}), after })}`;
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
