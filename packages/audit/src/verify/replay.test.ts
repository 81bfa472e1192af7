import {
  type ClaimFacts,
  DAY,
  decideDisclosure,
  type GrantState,
  kindSet,
  type LineFacts,
} from "@garim/policy";
import { describe, expect, it } from "vitest";
import { asLogged, KEYS, NOW, POLICY, sampleLine, sampleOrder, samplePage } from "../../test/sample.ts";
import type { Access } from "../access.ts";
import { encodeRecord } from "../record/encode.ts";
import { type Replayable, replayAll } from "./replay.ts";

const ID = "0b8f1f6c-91a2-4c3d-8e4f-5a6b7c8d9e0f";
const KEY_ID = KEYS.all(NOW)[0]?.id ?? "";

function replayable(access: Access): Replayable {
  const subjects = asLogged(access).records.flatMap((record) => record.subjects.map(({ hex }) => hex));
  return { seq: 1, body: encodeRecord(ID, access, KEY_ID), subjects };
}

const claims: ClaimFacts[] = [{ type: "return", openedBy: "buyer", openedAt: NOW - DAY, closedAt: null }];
const lines: readonly LineFacts[] = [sampleLine(0), sampleLine(1), { ...sampleLine(1), claims }];

/** What a tool was given by a grant for some states of a line. */
function toolAccess(states: readonly GrantState[], detail: Access["detail"]): Access {
  const allowed = kindSet(["name", "phone"]);
  const records = lines.map((line, i) => {
    const facts = { lines: [line], surface: "tool", allowed, secondFactorAt: null, states } as const;
    return { ...sampleOrder(i), lines: [line], disclosure: decideDisclosure(facts, NOW, POLICY) };
  });
  const actor = { kind: "tool", id: "tool-1", sellerId: "S1" } as const;
  const page = samplePage(0, { actor, records, factor: null, surface: "tool", allowed });
  return { ...page, ...(detail === undefined ? {} : { detail }) };
}

describe("replayAll", () => {
  it.each([[["open"]], [["claim"]], [["open", "claim"]], [[]]] as const)(
    "makes a tool's decisions again by the states of its grant, which stand in the record: %j",
    (states) => {
      const detail = { trace: "t", states: states.join(" ") };
      const { decisions, differences } = replayAll([replayable(toolAccess(states, detail))]);
      expect([decisions, differences]).toEqual([lines.length, []]);
    },
  );

  it("[A4] finds the record of which other states are said", () => {
    const { differences } = replayAll([replayable(toolAccess(["open"], { states: "claim" }))]);
    expect(differences).not.toEqual([]);
    expect(replayAll([replayable(toolAccess(["open"], undefined))]).differences).not.toEqual([]);
  });
});
