import { PGlite } from "@electric-sql/pglite";
import {
  type Access,
  type AccessLog,
  type Asker,
  createAccessLog,
  findBreachScope,
  type PseudonymKeys,
} from "@garim/audit";
import { ALL_KINDS, decideDisclosure, HOUR, resolvePolicy, subject } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handFollower, KEEPER } from "../../test/keeping.ts";
import { createLeaks, type LeakCandidate, type LeakHost, type LeakRecipient, type Leaks } from "../index.ts";

const keys: PseudonymKeys = { all: () => [{ id: "2026-11", key: new Uint8Array(32).fill(7) }] };
const policy = resolvePolicy();
// Records are found by the database's clock.
const NOW = Date.now();
const AUDITOR: Asker = { ...KEEPER, actor: { kind: "auditor", id: "audrey", sellerId: null } };

/** A host that knows three buyers and a recipient, and one of the buyers by nothing but the id. */
class Shop implements LeakHost {
  readonly kept = new Map<string, LeakRecipient>();
  readonly handed: string[][] = [];
  isDown = false;

  *candidates(): Iterable<LeakCandidate> {
    for (const i of [1, 2, 3]) {
      const contact = { id: `b-${i}`, channel: i === 2 ? null : "email" };
      yield { subject: subject.buyer(`b-${i}`), contact };
      yield { subject: subject.phone(`010-0000-100${i}`), contact };
    }
    yield { subject: subject.phone("010-0000-2000"), contact: { id: "order:1", channel: "sms" } };
  }
  keep(_: string, recipients: readonly LeakRecipient[]) {
    if (this.isDown) throw new Error("the list is down");
    this.handed.push(recipients.map(({ id }) => id));
    for (const one of recipients) this.kept.set(one.id, one);
  }
  recipients = () => ({ recipients: [...this.kept.values()], next: null });
  send = () => undefined;
}

let database: PGlite;
let log: AccessLog;
let leaks: Leaks;
const shop = new Shop();

function viewOf(buyer: number, phone: string, staff: string): Access {
  const line = { paidAt: NOW - HOUR, deliveredAt: null, purposeEndedAt: null, claims: [] };
  const facts = { lines: [line], surface: "view", allowed: ALL_KINDS, secondFactorAt: NOW } as const;
  return {
    ...{ at: NOW, actor: { kind: "staff", id: staff, sellerId: "S1" }, session: "s-1", factor: null },
    ...{ origin: { ip: "203.0.113.7", agent: null }, action: "view", outcome: "disclosed", reason: null },
    ...{ route: "GET /orders", purpose: "fulfilment", policy: { edition: policy.edition.id, overrides: {} } },
    ...{ surface: "view", allowed: ALL_KINDS, profile: "pipc" },
    records: [
      {
        schema: "orderLine",
        subjects: [subject.buyer(`b-${buyer}`), subject.phone(phone)],
        lines: [line],
        disclosure: decideDisclosure(facts, NOW, policy),
      },
    ],
  } as Access;
}

beforeAll(async () => {
  database = await PGlite.create();
  log = await createAccessLog({ database, keys });
  await log.append(viewOf(1, "010-0000-2000", "anna"));
  await log.append(viewOf(2, "010-0000-1002", "anna"));
  await log.append(viewOf(3, "010-0000-1003", "ben"));
  const append: AccessLog["append"] = (access) => log.append(access);
  leaks = await createLeaks({
    database,
    follower: handFollower(),
    append,
    policy,
    clock: () => NOW,
    host: shop,
  });
}, 60_000);
afterAll(async () => {
  await log.close();
  await database.close();
});

const SAID = { title: "담당자 계정 도용", kind: "hacking", knownAt: NOW - HOUR } as const;
const desk = () => log.desk(AUDITOR);
const ofAnna = () => findBreachScope(desk(), { kind: "staff", actor: "anna" });

describe("openFound", () => {
  it("[pipa/34-1 garim/wording] opens a leak with the question, its hash, how many, when, and which fields", async () => {
    const found = await ofAnna();
    const facts = { isOutsideAccess: true, subjects: 9 } as object;
    const leak = await leaks.openFound(found, { ...SAID, facts }, AUDITOR);
    expect(leak).toMatchObject({
      scope: found.file.sha256,
      found: {
        record: found.record.id,
        filter: { kind: "staff", actor: "anna" },
        people: { least: 2, most: 4 },
        answers: 2,
        schemas: ["orderLine"],
        firstAt: NOW,
        lastAt: NOW,
        isWhole: true,
      },
      // More counts where it may be more, and what people say of how many does not.
      facts: { subjects: 4, isOutsideAccess: true, hasUniqueIds: null },
      gathered: null,
    });
    expect(leak.contents.items).toMatch(/^이름, .*\(name, /);
    const { entries } = await log.find({ actions: ["open-breach"] }, { limit: 1 });
    expect(entries[0]?.access.detail).toMatchObject({ leak: leak.id, scope: found.file.sha256 });
    const other = await leaks.change(leak.id, { scope: "0".repeat(64) }, AUDITOR);
    expect(other?.found).toBeNull();
  });

  it("does not know how many where not everybody could be counted", async () => {
    const found = await findBreachScope(desk(), { seller: "S1" }, { mostSubjects: 2 });
    const leak = await leaks.openFound(found, SAID, AUDITOR);
    expect([leak.facts.subjects, leak.found?.isWhole, leak.contents]).toEqual([null, false, {}]);
  });
});

describe("gather", () => {
  it("[pipa/34-1] puts on the host's list whom the log shows and nobody else, each once, each on record first", async () => {
    const found = await ofAnna();
    const leak = await leaks.openFound(found, SAID, AUDITOR);
    const gathered = await leaks.gather(leak.id, { desk: desk(), keys, found }, AUDITOR);
    expect(gathered?.gathered).toEqual({ at: NOW, by: "auditor audrey", handed: 3, unreachable: 1 });
    expect([...shop.kept.keys()].toSorted()).toEqual(["b-1", "b-2", "order:1"]);
    const { entries } = await log.find({ actions: ["resolve-subject"] }, { limit: 9 });
    expect(entries.at(-1)?.access.purpose).toContain(leak.id);
  });

  it("asks the log again what it was asked, and takes what it shows by then", async () => {
    const leak = await leaks.openFound(await ofAnna(), SAID, AUDITOR);
    await log.append(viewOf(3, "010-0000-1003", "anna"));
    const again = await leaks.gather(leak.id, { desk: desk(), keys }, AUDITOR);
    expect(again).toMatchObject({ gathered: { handed: 4 }, found: { answers: 3 } });
    expect(again?.scope).not.toBe(leak.scope);
  });

  it("hands on nobody more once it is aborted, and may run again", async () => {
    const found = await ofAnna();
    const leak = await leaks.openFound(found, SAID, AUDITOR);
    shop.kept.clear();
    const signal = AbortSignal.abort(new Error("nobody waits"));
    for (const known of [{ found }, {}])
      await expect(leaks.gather(leak.id, { desk: desk(), keys, signal, ...known }, AUDITOR)).rejects.toThrow(
        "nobody waits",
      );
    expect([shop.kept.size, leaks.find(leak.id, NOW)?.gathered]).toEqual([0, null]);
    expect((await leaks.gather(leak.id, { desk: desk(), keys }, AUDITOR))?.gathered).not.toBeNull();
  });

  it("leaves the leak as it is where the host fails, has no list, or the leak no scope", async () => {
    const leak = await leaks.openFound(await ofAnna(), SAID, AUDITOR);
    const asker = { desk: desk(), keys };
    shop.isDown = true;
    await expect(leaks.gather(leak.id, asker, AUDITOR)).rejects.toThrow("the list is down");
    shop.isDown = false;
    expect(leaks.find(leak.id, NOW)?.gathered).toBeNull();
    const given = { ...SAID, facts: leak.facts, scope: null };
    const bare = await leaks.open(given, AUDITOR);
    await expect(leaks.gather(bare.id, asker, AUDITOR)).rejects.toThrow("open the leak from a scope");
    expect(await leaks.gather("none", asker, AUDITOR)).toBeNull();
    const append: AccessLog["append"] = (access) => log.append(access);
    const options = { database, follower: handFollower(), append, policy, clock: () => NOW };
    const { recipients, send } = shop;
    const narrow = await createLeaks({ ...options, host: { recipients, send } });
    await expect(narrow.gather(leak.id, asker, AUDITOR)).rejects.toThrow("candidates and keep");
  });
});
