import { randomUUID } from "node:crypto";
import { createFollower, createIssuedTokens, type Follower, type IssuedTokens } from "@garim/auth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStores } from "../../test/stores.ts";
import { type Artifacts, createArtifacts, type IssueGround } from "./artifacts.ts";
import { migrateArtifacts } from "./migration.ts";

const NEVER = 2 ** 30;
const NOON = Date.parse("2026-11-23T12:00:00+09:00");
const LATER = NOON + 300_000;

describe.each(await openStores())("ledgerStep on $name", ({ database, stop }) => {
  let artifacts: Artifacts;
  let follower: Follower;
  let issued: IssuedTokens;

  beforeAll(async () => {
    await migrateArtifacts(database);
    artifacts = createArtifacts(database, () => NOON);
    follower = await createFollower({ database, pollMs: NEVER });
    issued = await createIssuedTokens({ database, follower, clock: () => NOON });
  });
  afterAll(async () => {
    await follower.close();
    await stop();
  });

  async function makeFamily(): Promise<string> {
    const grantId = randomUUID();
    await artifacts.write("Grant", grantId, { value: {}, expiresAt: LATER, grantId });
    return grantId;
  }

  /** @returns the token, and which condition did not hold for it */
  async function add(ground: IssueGround): Promise<{ id: string; failed: number | null }> {
    const id = randomUUID();
    const token = { id, toolId: "T1", grantId: ground.grantId, keyId: "k", expiresAt: LATER };
    const step = await artifacts.ledgerStep(ground);
    if (step === null) throw new TypeError("there is nothing to look at");
    return { id, failed: await issued.addIf(token, step) };
  }

  async function end(grantId: string): Promise<void> {
    await artifacts.removeFamily(grantId);
    await issued.revoke({ grantId });
  }

  it("[J5] puts one token of sixty with one proof into the ledger", async () => {
    const grantId = await makeFamily();
    const proof = { id: randomUUID(), expiresAt: LATER };
    const added = await Promise.all(Array.from({ length: 60 }, () => add({ proof, grantId })));
    expect(added.filter(({ failed }) => failed === null)).toHaveLength(1);
    for (const { id, failed } of added) expect(await issued.isIssued(id)).toBe(failed === null);
    expect((await add({ proof, grantId: null })).failed).toBe(0);
  });

  it("[J6] puts none in whose family was ended, though its proof is written down", async () => {
    const grantId = await makeFamily();
    await end(grantId);
    const proof = { id: randomUUID(), expiresAt: LATER };
    expect((await add({ proof, grantId })).failed).toBe(1);
    expect((await add({ proof: null, grantId })).failed).toBe(0);
    expect((await add({ proof, grantId: null })).failed).toBe(0);
    expect((await add({ proof: { ...proof, id: randomUUID() }, grantId: null })).failed).toBeNull();
  });

  it("[J4 J6] leaves no token of a family alive that ends while tokens are issued", async () => {
    const live: string[] = [];
    for (let round = 0; round < 20; round++) {
      const grantId = await makeFamily();
      const adding = Array.from({ length: 8 }, () => add({ proof: null, grantId }));
      await Promise.all([...adding, end(grantId)]);
      for (const { id, failed } of await Promise.all(adding))
        if (failed === null && (await issued.isIssued(id))) live.push(id);
    }
    expect(live).toEqual([]);
  });

  it("looks at nothing where there is neither", async () => {
    expect(await artifacts.ledgerStep({ proof: null, grantId: null })).toBeNull();
  });
});
