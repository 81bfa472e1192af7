import { PGlite } from "@electric-sql/pglite";
import type { PolicyOptions } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInAgain, read } from "../fixtures/factors.ts";
import { freshKeys } from "../fixtures/keys.ts";
import { stagePair } from "../fixtures/pair-stage.ts";
import {
  enrolledPerson,
  mountPrivacy,
  openShop,
  type Person,
  personOf,
  type Shop,
} from "../fixtures/shop.ts";

type Mount = Parameters<typeof openShop>[0];

const mountAuditor: Mount = (app, garim) => {
  mountPrivacy(app, garim);
  app.use("/auditor", garim.auditor());
};

interface Change {
  readonly actor: object;
  readonly target: object | null;
  readonly detail: object;
}

/** What the log tells an auditor of one action, oldest first. */
async function changes(auditor: Person, action: string): Promise<readonly Change[]> {
  const { entries } = await read(await auditor.get("/auditor/rights-history?limit=1000"));
  const all = entries as unknown as readonly (Change & { readonly action: string })[];
  return all.filter((entry) => entry.action === action).reverse();
}

describe("the policy in force", () => {
  const database = new PGlite();
  const keys = freshKeys();
  afterAll(() => database.close());

  const start = (policy: PolicyOptions): Promise<Shop> => openShop(mountAuditor, { database, keys, policy });

  async function detailsOf(shop: Shop): Promise<readonly object[]> {
    const { entries } = await shop.garim.log.find({ actions: ["change-policy"] });
    return entries.map(({ access }) => access.detail ?? {}).reverse();
  }

  it("is on record when it becomes another, and at no other start", async () => {
    const policies: readonly PolicyOptions[] = [
      {},
      {},
      { idleMinutes: 10, manageFreshMinutes: 3 },
      { manageFreshMinutes: 3, idleMinutes: 10 },
      { idleMinutes: 10 },
      { edition: "kr-2022-07-13", idleMinutes: 10 },
    ];
    for (const policy of policies) await (await start(policy)).close();
    const shop = await start({ edition: "kr-2022-07-13", idleMinutes: 10 });
    expect(await detailsOf(shop)).toEqual([
      { edition: "kr-2026-10-31" },
      { before: "kr-2026-10-31", edition: "kr-2026-10-31", idleMinutes: 10, manageFreshMinutes: 3 },
      { before: "kr-2026-10-31", edition: "kr-2026-10-31", manageFreshMinutes: 5 },
      { before: "kr-2026-10-31", edition: "kr-2022-07-13" },
    ]);
    await shop.close();
  });

  it("is on record once, though several nodes start with it at once", async () => {
    const shops = await Promise.all(Array.from({ length: 4 }, () => start({ idleMinutes: 7 })));
    const [shop] = shops;
    const details = shop === undefined ? [] : await detailsOf(shop);
    expect(details.slice(4)).toEqual([{ before: "kr-2022-07-13", edition: "kr-2026-10-31", idleMinutes: 7 }]);
    for (const one of shops) await one.close();
  });

  it("is told to an auditor over HTTP", async () => {
    const shop = await start({ idleMinutes: 7 });
    const auditor = await enrolledPerson(shop, await shop.listen(), "auditor/audrey");
    expect((await changes(auditor, "change-policy")).at(-1)).toMatchObject({
      actor: { kind: "system", id: "garim", sellerId: null },
      detail: { idleMinutes: 7 },
    });
    await shop.close();
  });
});

describe("roles of staff", () => {
  const stage = stagePair("roles", {}, mountAuditor);
  let auditor: Person;

  beforeAll(async () => {
    const [{ shop, port }] = stage.pair.nodes;
    auditor = await enrolledPerson(shop, port, "auditor/audrey");
  });

  const named = (roles: string): string => stage.newUser().replace("owner", roles);
  const idOf = (person: Person): string => person.headers["x-user"]?.split("/")[1] ?? "";

  async function rolesOf(person: Person): Promise<readonly object[]> {
    const all = await changes(auditor, "change-roles");
    return all
      .filter(({ target }) => (target as { readonly id: string }).id === idOf(person))
      .map(({ detail }) => detail);
  }

  function withRoles(person: Person, roles: string): Person {
    const user = person.headers["x-user"]?.replace(/[^/]*$/, roles) ?? "";
    return { ...person, headers: Object.assign(person.headers, { "x-user": user }) };
  }

  it("are on record at the first log-in, and at none that brings the same", async () => {
    const [{ shop, port }] = stage.pair.nodes;
    const person = await enrolledPerson(shop, port, named("shipper+claims"));
    for (let i = 0; i < 3; i++)
      await stage.logIn(withRoles(person, "claims+shipper"), 1).get("/privacy/factors");
    expect(await rolesOf(person)).toEqual([{ after: '["claims","shipper"]' }]);
  });

  it("are on record with those before, once, when a session ends by them", async () => {
    const [{ shop, port }] = stage.pair.nodes;
    const person = await enrolledPerson(shop, port, named("shipper"));
    withRoles(person, "owner");
    const answers = await Promise.all([1, 2, 3].map(() => person.get("/privacy/factors")));
    for (const answer of answers) expect(await read(answer)).toMatchObject({ reason: "roles-changed" });
    expect(await rolesOf(person)).toEqual([
      { after: '["shipper"]' },
      { before: '["shipper"]', after: '["owner"]' },
    ]);
    await stage.logIn(person).get("/privacy/factors");
    expect(await rolesOf(person)).toHaveLength(2);
  });

  it("are on record when they came with a new log-in, days after the last session", async () => {
    const [{ shop, port }] = stage.pair.nodes;
    const person = await enrolledPerson(shop, port, named("owner"));
    stage.pair.clock.now += 5 * 24 * 3_600_000;
    auditor = await enrolledPerson(shop, port, `auditor/later-${stage.pair.clock.now}`);
    await logInAgain(withRoles(person, "viewer"), port, stage.pair.clock.now).get("/privacy/factors");
    expect((await rolesOf(person)).at(-1)).toEqual({ before: '["owner"]', after: '["viewer"]' });
  });

  it("are on record once, though two nodes see them at once", async () => {
    const { nodes, clock } = stage.pair;
    const user = named("claims");
    const people = nodes.flatMap(({ port }) => [1, 2, 3].map(() => personOf(port, user, clock.now)));
    await Promise.all(people.map((person) => person.get("/privacy/factors")));
    expect(await rolesOf(people[0] as Person)).toEqual([{ after: '["claims"]' }]);
  });

  it("are kept apart by seller, and found by the seller's own auditor", async () => {
    const [{ shop, port }] = stage.pair.nodes;
    const person = await enrolledPerson(shop, port, named("owner"));
    const elsewhere = person.headers["x-user"]?.replace("/S1/owner", "/S2/viewer") ?? "";
    await personOf(port, elsewhere, stage.pair.clock.now + 1).get("/privacy/factors");
    expect(await rolesOf(person)).toEqual([{ after: '["owner"]' }, { after: '["viewer"]' }]);
    const own = await enrolledPerson(shop, port, "auditor/own/S2");
    const [change, ...others] = await changes(own, "change-roles");
    expect(change).toMatchObject({
      actor: { kind: "system", id: "garim", sellerId: "S2" },
      target: { kind: "staff", id: idOf(person), sellerId: "S2" },
    });
    expect(others).toEqual([]);
  });

  it("of many names are told apart all the same, in a text a record can hold", async () => {
    const { log } = stage.pair.nodes[0].shop.garim;
    const many = Array.from({ length: 100 }, (_, i) => `role-number-${i}`);
    const port = stage.pair.nodes[0].port;
    const user = named(many.join("+"));
    const again = (roles: string): Promise<Response> =>
      personOf(port, user.replace(/[^/]*$/, roles), ++stage.pair.clock.now).get("/privacy/factors");
    for (const roles of [many, [...many].reverse(), [...many, "zz"]]) await again(roles.join("+"));
    const { entries } = await log.find({ target: user.split("/")[1] ?? "", actions: ["change-roles"] });
    expect(entries).toHaveLength(2);
    expect(String(entries[0]?.access.detail?.["after"]).length).toBeLessThan(1_000);
  });
});

describe("roles that cannot be recorded", () => {
  it("open no session", async () => {
    const real = new PGlite();
    let isFull = false;
    const shop = await openShop(mountAuditor, {
      database: {
        query: (text, values) =>
          isFull && text.includes("garim.append")
            ? Promise.reject(Object.assign(new Error("disk full"), { code: "53100" }))
            : real.query(text, values),
      },
    });
    const person = await enrolledPerson(shop, await shop.listen(), "staff/anna/S1/owner");
    isFull = true;
    person.headers["x-user"] = "staff/anna/S1/viewer";
    expect((await person.get("/privacy/factors")).status).toBe(503);
    isFull = false;
    expect(await read(await person.get("/privacy/factors"))).toMatchObject({ reason: "roles-changed" });
    await shop.close();
    await real.close();
  });
});
