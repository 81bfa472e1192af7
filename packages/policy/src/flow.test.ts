import { describe, expect, it } from "vitest";
import {
  decideFlow,
  decideOverseas,
  FLOW_ITEMS,
  FLOW_KINDS,
  type FlowFacts,
  type FlowItem,
  type FlowKind,
  isFlowContradicted,
  listFlowGaps,
} from "./flow.ts";
import { resolvePolicy } from "./policy.ts";

const policy = resolvePolicy();
const NOON = Date.parse("2026-11-22T12:00:00+09:00");

function flowOf(kind: FlowKind, more: Partial<FlowFacts> = {}): FlowFacts {
  const side = kind === "outsourcing" ? "sender" : "recipient";
  const evidence = { business: side, benefit: "recipient", direction: side, document: "archive/7" } as const;
  const items = Object.fromEntries(FLOW_ITEMS[kind].map((item) => [item, "적음"]));
  return { kind, items, evidence, startsAt: NOON, endsAt: NOON + 1_000, ...more };
}

function without(kind: FlowKind, item: FlowItem): FlowFacts {
  const flow = flowOf(kind);
  return { ...flow, items: { ...flow.items, [item]: " " } };
}

describe("decideFlow", () => {
  it.each(FLOW_KINDS)(
    "[pipa/17 pipa/26 pipa/28-8] lets data go where a complete entry says so: %s",
    (kind) => {
      expect(decideFlow(flowOf(kind), NOON, policy)).toEqual({ kind: "allow" });
    },
  );

  it.each(FLOW_KINDS.flatMap((kind) => FLOW_ITEMS[kind].map((item) => [kind, item] as const)))(
    "[pipa/17 pipa/26 pipa/28-8] lets none go by an entry of %s without %s, and names it",
    (kind, item) => {
      const flow = without(kind, item);
      expect(decideFlow(flow, NOON, policy)).toMatchObject({ kind: "refuse", reason: `${kind}-incomplete` });
      expect(listFlowGaps(flow)).toEqual([item]);
    },
  );

  it.each<[string, FlowFacts | null, string]>([
    ["no entry", null, "flow-missing"],
    ["no evidence", flowOf("provision", { evidence: null }), "provision-incomplete"],
    [
      "evidence without papers",
      flowOf("outsourcing", {
        evidence: { business: "sender", benefit: "sender", direction: "sender", document: "" },
      }),
      "outsourcing-incomplete",
    ],
    [
      "evidence of nobody",
      flowOf("provision", { evidence: { ...flowOf("provision").evidence, business: "both" } as never }),
      "provision-incomplete",
    ],
    ["no items", flowOf("provision", { items: null as never }), "provision-incomplete"],
    ["a kind nobody knows", flowOf("provision", { kind: "gift" as never }), "flow-missing"],
    ["an entry that begins a millisecond later", flowOf("provision", { startsAt: NOON + 1 }), "flow-ended"],
    ["an entry that ends now", flowOf("provision", { endsAt: NOON }), "flow-ended"],
    ["a moment that is none", flowOf("provision", { startsAt: Number.NaN }), "flow-ended"],
  ])("lets none go with %s", (_, flow, reason) => {
    expect(decideFlow(flow, NOON, policy)).toMatchObject({ kind: "refuse", reason });
  });

  it("lets data go until the last millisecond, and for ever where no end is agreed", () => {
    expect(decideFlow(flowOf("provision", { endsAt: NOON + 1 }), NOON, policy).kind).toBe("allow");
    expect(decideFlow(flowOf("provision", { endsAt: null }), NOON + 1e10, policy).kind).toBe("allow");
  });
});

describe("decideOverseas", () => {
  it("[pipa/28-8] wants an entry of its own", () => {
    expect(decideOverseas(flowOf("overseas"), NOON, policy).kind).toBe("allow");
    for (const flow of [null, flowOf("outsourcing")])
      expect(decideOverseas(flow, NOON, policy)).toMatchObject({
        reason: "overseas-missing",
        source: "pipa/28-8",
      });
  });
});

describe("isFlowContradicted", () => {
  const evidence = (business: string, direction: string): FlowFacts["evidence"] =>
    ({ business, benefit: "sender", direction, document: "x" }) as FlowFacts["evidence"];

  it.each([
    ["provision", "recipient", "recipient", false],
    ["provision", "sender", "recipient", true],
    ["provision", "recipient", "sender", true],
    ["outsourcing", "sender", "sender", false],
    ["outsourcing", "recipient", "sender", true],
    ["outsourcing", "sender", "recipient", true],
    ["overseas", "sender", "recipient", false],
  ] as const)(
    "[pipa/17 pipa/26] %s of the %s's business, directed by the %s: %s",
    (kind, business, direction, is) => {
      const flow = flowOf(kind, { evidence: evidence(business, direction) });
      expect(isFlowContradicted(flow)).toBe(is);
      expect(decideFlow(flow, NOON, policy)).toMatchObject(
        is ? { reason: "flow-contradicted" } : { kind: "allow" },
      );
    },
  );
});
