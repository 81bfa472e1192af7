import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStores } from "../../test/stores.ts";
import { type Artifacts, createArtifacts } from "./artifacts.ts";
import { migrateArtifacts } from "./migration.ts";

describe.each(await openStores())("Artifacts on $name", ({ database, stop }) => {
  let now = Date.parse("2026-11-22T00:00:00Z");
  let artifacts: Artifacts;
  let count = 0;
  const nextId = (): string => `code-${count++}`;
  const later = (seconds: number): number => now + seconds * 1_000;

  beforeAll(async () => {
    await migrateArtifacts(database);
    artifacts = createArtifacts(database, () => now);
  });
  afterAll(stop);

  it("makes its tables though five nodes start at one time, and again", async () => {
    await Promise.all(Array.from({ length: 5 }, () => migrateArtifacts(database)));
    await migrateArtifacts(database);
  });

  it("finds what was written, until the last millisecond before its end", async () => {
    const id = nextId();
    await artifacts.write("AuthorizationCode", id, { value: { clientId: "t" }, expiresAt: later(60) });
    now = later(60) - 1;
    expect(await artifacts.find("AuthorizationCode", id)).toMatchObject({
      value: { clientId: "t" },
      isConsumed: false,
    });
    now += 1;
    expect(await artifacts.find("AuthorizationCode", id)).toBeUndefined();
  });

  it("keeps kinds apart", async () => {
    const id = nextId();
    await artifacts.write("Interaction", id, { value: {}, expiresAt: later(60) });
    expect(await artifacts.find("AuthorizationCode", id)).toBeUndefined();
  });

  it("lets one of sixty consume a code", async () => {
    const id = nextId();
    await artifacts.write("AuthorizationCode", id, { value: {}, expiresAt: later(60) });
    const tries = Array.from({ length: 60 }, () => artifacts.consume("AuthorizationCode", id));
    const won = (await Promise.all(tries)).filter(Boolean);
    expect(won).toHaveLength(1);
    expect(await artifacts.find("AuthorizationCode", id)).toMatchObject({ isConsumed: true });
  });

  it("lets one of sixty be the first with a proof, also after it ran out", async () => {
    const id = nextId();
    const proof = { value: {}, expiresAt: later(1) };
    const tries = Array.from({ length: 60 }, () => artifacts.create("Proof", id, proof));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    now = later(2);
    expect(await artifacts.create("Proof", id, { value: {}, expiresAt: later(1) })).toBe(false);
  });

  it("lets one of sixty be the first with a proof, and finds another with its family's grant for all of them", async () => {
    const [proof, token, grant] = [nextId(), nextId(), nextId()];
    const rest = { expiresAt: later(60), grantId: grant };
    await artifacts.write("Grant", grant, { ...rest, value: { accountId: "S1" } });
    await artifacts.write("RefreshToken", token, { ...rest, value: { grantId: grant } });
    const ask = (kind: "RefreshToken" | "AuthorizationCode" = "RefreshToken", id = token) =>
      artifacts.createAndFind("Proof", proof, { value: {}, expiresAt: later(60) }, { kind, id });
    const asked = await Promise.all(Array.from({ length: 60 }, () => ask()));
    expect(asked.filter(({ isCreated }) => isCreated)).toHaveLength(1);
    const [found, family] = [
      await artifacts.find("RefreshToken", token),
      await artifacts.find("Grant", grant),
    ];
    expect(asked.map((one) => [one.found, one.grant])).toEqual(asked.map(() => [found, family]));
    const none = { isCreated: false, found: undefined, grant: undefined };
    expect(await ask("AuthorizationCode")).toEqual(none);
    expect(await ask("RefreshToken", nextId())).toEqual(none);
    await artifacts.remove("Grant", grant);
    expect(await ask()).toEqual({ isCreated: false, found, grant: undefined });
    now = later(60);
    expect(await ask()).toEqual(none);
  });

  it("does not consume what ran out, or what is not there", async () => {
    const id = nextId();
    await artifacts.write("AuthorizationCode", id, { value: {}, expiresAt: later(1) });
    now = later(1);
    expect(await artifacts.consume("AuthorizationCode", id)).toBe(false);
    expect(await artifacts.consume("AuthorizationCode", nextId())).toBe(false);
  });

  it("keeps what was consumed consumed when it is written anew, and its seed", async () => {
    const id = nextId();
    await artifacts.write("Interaction", id, { value: { step: 1 }, expiresAt: later(60) });
    const { seed } = (await artifacts.find("Interaction", id)) ?? {};
    await artifacts.consume("Interaction", id);
    await artifacts.write("Interaction", id, { value: { step: 2 }, expiresAt: later(60) });
    expect(await artifacts.find("Interaction", id)).toEqual({ value: { step: 2 }, isConsumed: true, seed });
  });

  it("consumes what another came after, and nothing else", async () => {
    const [first, second, third] = [nextId(), nextId(), nextId()];
    const rest = { value: {}, expiresAt: later(60) };
    await artifacts.write("RefreshToken", first, rest);
    await artifacts.write("RefreshToken", second, { ...rest, predecessor: first });
    await artifacts.write("RefreshToken", third, { ...rest, predecessor: second });
    await artifacts.consumePredecessor("RefreshToken", second);
    const states = [first, second, third].map(
      async (id) => (await artifacts.find("RefreshToken", id))?.isConsumed,
    );
    expect(await Promise.all(states)).toEqual([true, false, false]);
  });

  it("removes a family and leaves the others", async () => {
    const [own, other] = [nextId(), nextId()];
    await artifacts.write("RefreshToken", own, { value: {}, expiresAt: later(60), grantId: "g1" });
    await artifacts.write("RefreshToken", other, { value: {}, expiresAt: later(60), grantId: "g2" });
    await artifacts.removeFamily("g1");
    expect(await artifacts.find("RefreshToken", own)).toBeUndefined();
    expect(await artifacts.find("RefreshToken", other)).toBeDefined();
  });

  it("[V10.1.1] holds no code and no refresh token", async () => {
    const id = `secret-${nextId()}`;
    await artifacts.write("RefreshToken", id, { value: { scope: "orders.read" }, expiresAt: later(60) });
    const { rows } = await database.query("select * from garim.oauth_artifact");
    expect(JSON.stringify(rows)).not.toContain(id);
  });

  it("deletes what ran out, as it goes", async () => {
    now = later(3_600);
    await artifacts.write("Interaction", nextId(), { value: {}, expiresAt: later(60) });
    const { rows } = await database.query("select * from garim.oauth_artifact where expires_at <= $1", [now]);
    expect(rows).toEqual([]);
  });
});

describe("Artifacts with a client that mixes up replies", () => {
  const mixing = (reply: object): Artifacts =>
    createArtifacts({ query: async () => ({ rows: [reply] }) }, () => 0);
  const unavailable = { code: "ERR_GARIM_STATE_UNAVAILABLE" };

  it.each([
    ["a row", { ticket: "another", value: "{}", seed: "s", consumed_at: null }],
    ["no row", { ticket: "another", value: null }],
    ["nothing", {}],
  ])("takes %s of another request for none", async (_, reply) => {
    await expect(mixing(reply).find("AuthorizationCode", "x")).rejects.toMatchObject(unavailable);
    await expect(mixing(reply).consume("AuthorizationCode", "x")).rejects.toMatchObject(unavailable);
  });

  it("takes the value of another key for none", async () => {
    const value = JSON.stringify({ kind: "AuthorizationCode", name: "another", value: {} });
    const query = async (_: string, [ticket]: unknown[] = []) => ({
      rows: [{ ticket, value, seed: "s", consumed_at: null }],
    });
    const found = createArtifacts({ query }, () => 0).find("AuthorizationCode", "x");
    await expect(found).rejects.toMatchObject(unavailable);
  });

  it("says that the database failed, without its words", async () => {
    const broken = createArtifacts({ query: () => Promise.reject(new Error("secret of a row")) }, () => 0);
    await expect(broken.find("AuthorizationCode", "x")).rejects.toMatchObject({
      ...unavailable,
      message: expect.not.stringContaining("secret"),
    });
  });
});
