import { DAY, kindSet, resolvePolicy } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON } from "../../../test/people.ts";
import { APPLICATION } from "../../../test/tools.ts";
import type { StoredGrant } from "../grant.ts";
import type { TokenKey } from "../token-key.ts";
import type { RegisteredTool } from "../tool.ts";
import { eventsDue } from "./due.ts";

const policy = resolvePolicy();
const grant: StoredGrant = {
  id: "g",
  toolId: "t",
  sellerId: "s",
  kinds: kindSet(["name", "phone"]),
  purposes: ["fulfilment"],
  states: ["open"],
  grantedAt: NOON,
  grantedBy: { staffId: "kim" },
  changedAt: null,
  endsAt: NOON + 180 * DAY,
  revokedAt: null,
};
const tool: RegisteredTool = {
  jwks: null,
  certificate: null,
  webhookUrl: null,
  jwksUri: null,
  ...APPLICATION,
  toolId: "t",
  status: "approved",
  sandbox: false,
  secret: null,
  appliedAt: NOON,
  approvedAt: NOON,
  suspendedAt: null,
};
const key: TokenKey = {
  kid: "k",
  algorithm: "ES256",
  owner: "platform",
  madeAt: NOON,
  signsFrom: NOON,
  endsAt: null,
  retiredAt: null,
  publicJwk: {},
};
const nothing = { debts: [], grants: [], tools: [], keys: [], unused: [] };
const ofGrant = (more: Partial<StoredGrant>, now: number) =>
  eventsDue({ ...nothing, grants: [{ ...grant, ...more }] }, now, policy);

describe("eventsDue", () => {
  const midnight = Math.floor(NOON / DAY) * DAY;

  it.each([
    ["the day before", midnight - 1, false],
    ["the first millisecond of its day", midnight, true],
    ["the moment itself", NOON, true],
    ["a week later, as nobody gave a receipt", NOON + 7 * DAY, true],
  ])("tells a tool of what it has to destroy of orders: %s", (_, now, isTold) => {
    const debts = [{ toolId: "t", sellerId: "s", dueAt: NOON }];
    const told = eventsDue({ ...nothing, debts }, now, policy);
    const due = { type: "purge.due", toolId: "t", sellerId: "s", grantId: null, at: NOON };
    expect(told).toEqual(
      isTold ? [{ ...due, id: expect.any(String), data: { purgeBy: new Date(NOON).toISOString() } }] : [],
    );
  });

  it("tells of it once a day, whichever node looks and when", () => {
    const debts = [{ toolId: "t", sellerId: "s", dueAt: NOON }];
    const idAt = (now: number) => eventsDue({ ...nothing, debts }, now, policy)[0]?.id;
    expect(idAt(midnight)).toBe(idAt(midnight + DAY - 1));
    expect(idAt(midnight + DAY)).not.toBe(idAt(midnight));
  });

  it.each([
    [150 * DAY - 1, undefined],
    [150 * DAY, 30],
    [173 * DAY - 1, 30],
    [173 * DAY, 7],
    [179 * DAY, 1],
    [180 * DAY - 1, 1],
  ])("tells %d ms after the grant of its end in days: %s", (after, days) => {
    const events = ofGrant({}, NOON + after);
    expect(events.map(({ type, data }) => [type, data["days"]])).toEqual(
      days === undefined ? [] : [["grant.ending", days]],
    );
  });

  it("does not tell a grant of a week of the month before", () => {
    expect(ofGrant({ endsAt: NOON + 7 * DAY }, NOON)).toEqual([]);
    expect(ofGrant({ endsAt: NOON + 7 * DAY }, NOON + 6 * DAY)).toMatchObject([{ data: { days: 1 } }]);
  });

  it.each([
    ["revoked", { revokedAt: NOON + DAY }, NOON + DAY, "grant.revoked"],
    ["at its end", {}, NOON + 180 * DAY, "grant.ended"],
  ])("tells of a grant %s, and until when the tool must have destroyed what it has", (_, more, at, type) => {
    const dueAt = at + policy.destroyDays * DAY;
    const data = { purgeBy: new Date(dueAt).toISOString() };
    const whose = { toolId: "t", sellerId: "s", grantId: "g", data };
    const over = { type, at, ...whose };
    const due = { type: "purge.due", at: dueAt, ...whose };
    expect(ofGrant(more, at - 1)).not.toEqual(expect.arrayContaining([expect.objectContaining({ type })]));
    expect(ofGrant(more, at)).toMatchObject([over]);
    expect(ofGrant(more, dueAt - 1)).toMatchObject([over]);
    expect(ofGrant(more, dueAt)).toMatchObject([over, due]);
    expect(ofGrant(more, at + 7 * DAY)).toMatchObject([due]);
    expect(ofGrant(more, dueAt + 7 * DAY - 1)).toMatchObject([due]);
    expect(ofGrant(more, dueAt + 7 * DAY)).toEqual([]);
  });

  it("tells of a narrowed grant what is left, each time anew", () => {
    const [one] = ofGrant({ changedAt: NOON + 1 }, NOON + 1);
    expect(one).toMatchObject({ type: "grant.changed", data: { kinds: "name phone", states: "open" } });
    const [other] = ofGrant({ changedAt: NOON + 2 }, NOON + 2);
    expect(other?.id).not.toBe(one?.id);
  });

  it("tells of a secret that ends, and of nothing more once the tool is suspended", () => {
    const secret = { hash: "", endsAt: NOON + 30 * DAY };
    const told = (more: Partial<RegisteredTool>) =>
      eventsDue({ ...nothing, tools: [{ ...tool, ...more }] }, NOON, policy).map(({ type }) => type);
    expect(told({ secret })).toEqual(["secret.ending"]);
    expect(told({ secret: { ...secret, endsAt: NOON } })).toEqual([]);
    expect(told({ secret, status: "suspended", suspendedAt: NOON })).toEqual(["tool.suspended"]);
    expect(told({})).toEqual([]);
  });

  it("tells of a key that signs for 90 days, and again each month, but not of one that ended", () => {
    const told = (now: number, more: Partial<TokenKey> = {}) =>
      eventsDue({ ...nothing, keys: [{ ...key, ...more }] }, now, policy);
    expect(told(NOON + 90 * DAY - 1)).toEqual([]);
    const [first] = told(NOON + 90 * DAY);
    expect(first).toMatchObject({ type: "key.old", toolId: null, data: { owner: "platform", ageDays: 90 } });
    expect(told(NOON + 119 * DAY)[0]?.id).toBe(first?.id);
    expect(told(NOON + 120 * DAY)[0]?.id).not.toBe(first?.id);
    expect(told(NOON + 90 * DAY, { retiredAt: NOON })).toEqual([]);
    expect(told(NOON + 90 * DAY, { endsAt: NOON })).toEqual([]);
  });

  it("proposes to take away what is not used", () => {
    const unused = [{ grant, kinds: kindSet(["phone"]), purposes: [], isWhole: false }];
    expect(eventsDue({ ...nothing, unused }, NOON + 31 * DAY, policy)).toMatchObject([
      { type: "scope.unused", grantId: "g", data: { kinds: "phone", whole: "false", unusedDays: 30 } },
    ]);
  });

  it("names the same event the same, and no two alike", () => {
    const sources = { ...nothing, grants: [grant, { ...grant, id: "g2" }], tools: [tool], keys: [key] };
    const ids = eventsDue(sources, NOON + 180 * DAY, policy).map(({ id }) => id);
    expect(
      eventsDue(sources, NOON + 181 * DAY - 1, policy)
        .slice(0, 4)
        .map(({ id }) => id),
    ).toEqual(ids.slice(0, 4));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^evt-[\w-]{43}$/);
  });
});
