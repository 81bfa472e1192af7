import type { FiledFlow, FlowParty } from "@garim/duties";
import { FLOW_ITEM_WORDS, FLOW_KIND_WORDS, type FlowItem } from "@garim/policy";
import { language } from "../kit/words.ts";
import { say } from "./words.ts";

/** An entry of the register: of the endpoint `duties/flows`. */
export interface Flow extends FiledFlow {
  /** What it lacks: items, or `evidence`. */
  readonly gaps: readonly (FlowItem | "evidence")[];
  /** Why nothing goes by it; `null` where it does. */
  readonly reason: string | null;
}

export interface Flows {
  readonly flows: readonly Flow[];
  readonly next: string | null;
}

export function kindText({ kind }: Pick<Flow, "kind">): string {
  return FLOW_KIND_WORDS[kind][language];
}

/** Who hands on or receives, as its reader calls them. */
export function partyText({ kind, id }: FlowParty): string {
  if (kind === "marketplace") return say.parties.marketplace;
  return id === "*" ? say.every(say.parties[kind]) : `${say.parties[kind]} ${id}`;
}

export function itemText(item: Flow["gaps"][number]): string {
  return item === "evidence" ? say.evidence : FLOW_ITEM_WORDS[item][language];
}

/** What an entry says, in the order of its kind. */
export function saidOf({ items }: Flow): readonly (readonly [name: string, text: string])[] {
  return Object.entries(items).map(([item, text]) => [itemText(item as FlowItem), text]);
}
