import {
  FLOW_ITEMS,
  FLOW_KINDS,
  type FlowEvidence,
  type FlowItem,
  type FlowKind,
  type FlowSide,
} from "@garim/policy";
import { readId, readLine, readMoment, readWord, refuseMember } from "../input.ts";
import { type Flow, type FlowName, type FlowParty, PARTY_KINDS } from "./flow.ts";

const SIDES: readonly FlowSide[] = ["sender", "recipient"];

/** Checks an entry and takes nothing else of it over. What it leaves out is left out: the rules say what that means. */
export function readFlow(given: Flow): Flow {
  if (typeof given !== "object" || given === null) throw refuseMember("flow", "an object");
  const kind = readWord("kind", given.kind, FLOW_KINDS);
  const startsAt = readMoment("startsAt", given.startsAt);
  const endsAt = given.endsAt === null ? null : readMoment("endsAt", given.endsAt);
  if (endsAt !== null && endsAt <= startsAt)
    throw refuseMember("endsAt", "a moment after startsAt, or null for no end");
  const { from, to } = readName({ from: given.from, to: given.to, isOverseas: kind === "overseas" });
  const evidence = given.evidence === null ? null : readEvidence(given.evidence);
  return { kind, from, to, items: readItems(kind, given.items), evidence, startsAt, endsAt };
}

/** Checks the name of an entry. */
export function readName({ from, to, isOverseas }: FlowName): FlowName {
  return { from: readParty("from", from), to: readParty("to", to), isOverseas: isOverseas === true };
}

function readParty(member: string, party: FlowParty): FlowParty {
  const { kind, id } = party ?? {};
  return { kind: readWord(`${member}.kind`, kind, PARTY_KINDS), id: readId(`${member}.id`, id) };
}

function readItems(kind: FlowKind, items: unknown): Flow["items"] {
  if (typeof items !== "object" || items === null) throw refuseMember("items", "an object of texts");
  const known: readonly string[] = FLOW_ITEMS[kind];
  const given = Object.entries(items).filter(([, text]) => text !== "" && text !== null);
  const unknown = given.find(([name]) => !known.includes(name));
  if (unknown !== undefined) throw refuseMember("items", `an object with some of ${known.join(", ")}`);
  const read = given.map(([name, text]) => [name, readLine(`items.${name}`, text)] as const);
  return Object.fromEntries(read) as Partial<Record<FlowItem, string>>;
}

function readEvidence(evidence: FlowEvidence): FlowEvidence {
  if (typeof evidence !== "object") throw refuseMember("evidence", "an object, or null");
  return {
    business: readWord("evidence.business", evidence.business, SIDES),
    benefit: readWord("evidence.benefit", evidence.benefit, SIDES),
    direction: readWord("evidence.direction", evidence.direction, SIDES),
    document: readLine("evidence.document", evidence.document),
  };
}
