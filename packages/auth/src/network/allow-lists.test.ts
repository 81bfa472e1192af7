import { resolvePolicy } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { handClock } from "../../test/people.ts";
import { type AllowListsOptions, createAllowLists, type ListOwner } from "./allow-lists.ts";

const SELLER: ListOwner = { kind: "seller", id: "seller-1" };
const TOOL: ListOwner = { kind: "tool", id: "tool-1" };

function start(found: AllowListsOptions["find"]) {
  const clock = handClock();
  const find = vi.fn(found);
  return { clock, find, lists: createAllowLists({ find, policy: resolvePolicy(), clock }) };
}

describe("allowLists.judge", () => {
  it.each<[ListOwner["kind"], readonly string[] | null, string | undefined, string]>([
    ["tool", null, "203.0.113.7", "network-list-missing"],
    ["tool", ["203.0.113.7"], "203.0.113.7", "allow"],
    ["tool", ["203.0.113.7"], "203.0.113.8", "network-not-listed"],
    ["tool", [], "203.0.113.7", "network-not-listed"],
    ["seller", null, "203.0.113.7", "allow"],
    ["seller", ["203.0.113.0/24"], "::ffff:203.0.113.8", "allow"],
    ["seller", ["203.0.113.0/24"], "198.51.100.1", "network-not-listed"],
    ["seller", ["203.0.113.0/24"], undefined, "network-not-listed"],
    ["seller", [], "203.0.113.7", "network-not-listed"],
    ["account", null, "203.0.113.7", "allow"],
    ["account", ["203.0.113.7"], "203.0.113.8", "network-not-listed"],
  ])("[notice-2026-9/6-1] judges a %s with list %j from %s: %s", async (kind, list, address, expected) => {
    const { lists } = start(() => list);
    const decision = await lists.judge({ kind, id: "1" }, address);
    expect(decision.kind === "refuse" ? decision.reason : decision.kind).toBe(expected);
  });

  it("asks for each owner's own list, and for a tool and a seller of one name apart", async () => {
    const { find, lists } = start(({ kind }) => (kind === "tool" ? ["203.0.113.7"] : ["203.0.113.8"]));
    const asked = [
      { kind: "tool", id: "1" },
      { kind: "seller", id: "1" },
    ] as const;
    const judged = await Promise.all(asked.map((owner) => lists.judge(owner, "203.0.113.7")));
    expect(judged.map(({ kind }) => kind)).toEqual(["allow", "refuse"]);
    expect(find.mock.calls.map(([owner]) => owner)).toEqual(asked);
  });

  it("uses a list for a second, and then the one registered by now", async () => {
    let registered = ["203.0.113.7"];
    const { clock, find, lists } = start(async () => registered);
    await Promise.all([lists.judge(SELLER, "203.0.113.7"), lists.judge(SELLER, "203.0.113.7")]);
    registered = [];
    clock.now += 999;
    expect(await lists.judge(SELLER, "203.0.113.7")).toMatchObject({ kind: "allow" });
    expect(find).toHaveBeenCalledTimes(1);
    clock.now += 1;
    expect(await lists.judge(SELLER, "203.0.113.7")).toMatchObject({ reason: "network-not-listed" });
  });

  it("[S7] asks again when the clock went back", async () => {
    const { clock, find, lists } = start(() => null);
    await lists.judge(SELLER, "203.0.113.7");
    clock.now -= 90_000;
    await lists.judge(SELLER, "203.0.113.7");
    expect(find).toHaveBeenCalledTimes(2);
  });

  it("[T5] lets nobody in where the list cannot be had or read, and asks again at once", async () => {
    const down = new Error("down");
    const { find, lists } = start(() => ["203.0.113.7"]);
    find.mockRejectedValueOnce(down);
    await expect(lists.judge(TOOL, "203.0.113.7")).rejects.toBe(down);
    find.mockImplementationOnce(() => {
      throw down;
    });
    await expect(lists.judge(TOOL, "203.0.113.7")).rejects.toBe(down);
    find.mockReturnValueOnce(["10.1"]);
    await expect(lists.judge(TOOL, "203.0.113.7")).rejects.toMatchObject({
      code: "ERR_GARIM_OPTION_INVALID",
    });
    find.mockReturnValueOnce(undefined as never);
    await expect(lists.judge(TOOL, "203.0.113.7")).rejects.toMatchObject({
      code: "ERR_GARIM_OPTION_INVALID",
    });
    expect(await lists.judge(TOOL, "203.0.113.7")).toMatchObject({ kind: "allow" });
  });
});
