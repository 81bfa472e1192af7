import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { HOUR, MINUTE } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handClock, NOON } from "../../test/people.ts";
import { breakable } from "../../test/tools.ts";
import type { StateDatabase } from "../state/database.ts";
import { createFollower, type Follower } from "./follower.ts";
import type { IssuedToken, IssuedTokens } from "./issued-token.ts";
import { createIssuedTokens } from "./issued-tokens.ts";

const NEVER = 2 ** 30;
let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
});
afterAll(() => database.close());

async function start(
  clock: () => number = () => NOON,
  on: StateDatabase = database,
  entries?: number,
): Promise<{ issued: IssuedTokens; follower: Follower }> {
  const follower = await createFollower({ database, pollMs: NEVER, monotonic: () => 0, clock: () => 0 });
  const more = entries === undefined ? {} : { entries };
  return { follower, issued: await createIssuedTokens({ database: on, follower, clock, ...more }) };
}

function someToken(more: Partial<IssuedToken> = {}): IssuedToken {
  const id = randomUUID();
  return { id, toolId: `tool of ${id}`, grantId: null, keyId: "k", expiresAt: NOON + 5 * MINUTE, ...more };
}

describe("IssuedTokens", () => {
  it("know a token to its last millisecond", async () => {
    const clock = handClock();
    const { issued, follower } = await start(clock);
    const { id } = someToken();
    await issued.add(someToken({ id }));
    clock.now = NOON + 5 * MINUTE - 1;
    expect([await issued.isIssued(id), issued.isRevoked(id)]).toEqual([true, false]);
    clock.now = NOON + 5 * MINUTE;
    expect([await issued.isIssued(id), issued.isRevoked(id)]).toEqual([false, true]);
    await follower.close();
  });

  it("call revoked what they were not asked for, or have forgotten, and know it again when asked", async () => {
    const { issued, follower } = await start(undefined, database, 1);
    const tokens = [someToken(), someToken()] as const;
    for (const token of tokens) await issued.add(token);
    expect(issued.isRevoked(tokens[0].id)).toBe(true);
    for (const { id } of tokens) expect(await issued.isIssued(id)).toBe(true);
    expect(tokens.map(({ id }) => issued.isRevoked(id))).toEqual([true, false]);
    expect(await issued.isIssued(tokens[0].id)).toBe(true);
    expect(issued.isRevoked(tokens[0].id)).toBe(false);
    await follower.close();
  });

  it("[J4] are not fooled by an answer from before a revocation that comes after it", async () => {
    const { client, breakBy } = breakable(database);
    const { issued, follower } = await start(undefined, client);
    const other = await start();
    const token = someToken();
    await issued.add(token);
    let isHeld = false;
    breakBy(async (ask) => {
      const answer = await ask();
      if (!isHeld) {
        isHeld = true;
        await other.issued.revoke({ toolId: token.toolId });
        await follower.refresh();
      }
      return answer;
    });
    expect(await issued.isIssued(token.id)).toBe(false);
    expect(issued.isRevoked(token.id)).toBe(true);
    await Promise.all([follower.close(), other.follower.close()]);
  });

  it("revoke what they name and nothing else", async () => {
    const { issued, follower } = await start();
    const [grantId, toolId] = [randomUUID(), randomUUID()];
    const [one, other, third] = [
      someToken({ grantId }),
      someToken({ toolId }),
      someToken({ toolId, grantId }),
    ];
    for (const token of [one, other, third]) await issued.add(token);
    const live = () => Promise.all([one, other, third].map(({ id }) => issued.isIssued(id)));
    expect(await live()).toEqual([true, true, true]);
    await issued.revoke({ id: other.id });
    expect(await live()).toEqual([true, false, true]);
    await issued.revoke({ grantId });
    expect(await live()).toEqual([false, false, false]);
    await follower.close();
  });

  it("keep neither tokens that are over nor notices every node has heard", async () => {
    const clock = handClock(NOON + HOUR);
    const { issued, follower } = await start(clock);
    const expiresAt = clock.now + MINUTE;
    const { id } = someToken();
    await issued.add(someToken({ id, expiresAt }));
    await issued.revoke({ id });
    clock.now += 3 * HOUR;
    await issued.add(someToken({ expiresAt: clock.now + MINUTE }));
    const count = async (text: string) => (await database.query<{ n: number }>(text)).rows[0]?.n;
    expect(await count("select count(*)::int as n from garim.issued_token")).toBe(1);
    expect(await count("select count(*)::int as n from garim.entry where room = 'revocations'")).toBe(0);
    await follower.close();
  });
});
