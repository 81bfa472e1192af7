import { describe, expect, it } from "vitest";
import { deploy, openRaised } from "../../test/sessions.ts";

const SECOND = 1_000;

describe("suspect", () => {
  it("[S4 V6.3.5] marks a session until the next proof, on every node within a second", async () => {
    const { sessions, node, worker, clock } = deploy();
    const { session, id } = await openRaised(sessions, worker);
    const other = node();
    const suspected = await sessions.suspect(session);
    expect(suspected).toMatchObject({ name: session.name, suspectedAt: clock.now + 1 });
    clock.now += SECOND;
    const seen = await other.check(id, worker, "background", session);
    expect(seen).toMatchObject({ kind: "live", session: { suspectedAt: clock.now - SECOND + 1 } });
    const again = await other.raise(session, "passkey");
    expect(again?.session.suspectedAt).toBeNull();
  });

  it("[S7] comes after the proof on a node whose clock is behind", async () => {
    const { sessions, worker, clock } = deploy();
    const { session } = await openRaised(sessions, worker);
    clock.now -= 90 * SECOND;
    expect((await sessions.suspect(session))?.suspectedAt).toBeGreaterThan(session.secondFactor?.at ?? 0);
  });

  it("[S3] revives nothing that has ended", async () => {
    const { sessions, worker } = deploy();
    const { session } = await openRaised(sessions, worker);
    await sessions.end(session);
    expect(await sessions.suspect(session)).toBeUndefined();
    expect((await sessions.recheck(session)).kind).toBe("refuse");
  });
});

describe("recheckNow", () => {
  it("[S3 V7.4.2] sees at once what another node ended", async () => {
    const { sessions, node, worker } = deploy();
    const { session } = await openRaised(sessions, worker);
    const other = node();
    expect((await other.recheck(session)).kind).toBe("allow");
    await sessions.endAll(session.worker, "factors-changed");
    expect((await other.recheck(session)).kind).toBe("allow");
    expect(await other.recheckNow(session)).toMatchObject({ reason: "factors-changed" });
  });
});
