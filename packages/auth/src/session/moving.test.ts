import { decideStepUp, HOUR, MINUTE, type Reason, resolvePolicy, type StepUpClass } from "@garim/policy";
import { describe, expect, it } from "vitest";
import { NOON } from "../../test/people.ts";
import { type Deployment, deploy, ELSEWHERE, HERE, openLive, openRaised } from "../../test/sessions.ts";
import type { SessionOrigin } from "./origin.ts";
import type { Session } from "./session.ts";

const policy = resolvePolicy();
const HOME = { ...HERE, network: "home" };

/** What a second factor is asked for by; `allow` where none is. */
function due(session: Session, now: number, action: StepUpClass = "view"): Reason | "allow" {
  const { deviceSince, networkSince, secondFactor } = session;
  const facts = { secondFactorAt: secondFactor?.at ?? null, deviceSince, networkSince };
  const decision = decideStepUp(facts, action, now, policy);
  return decision.kind === "refuse" ? decision.reason : "allow";
}

/** A deployment with a proved session, and what a request with its id is asked. */
async function startProved() {
  const deployment = deploy();
  const { clock, sessions, worker } = deployment;
  const raised = await openRaised(sessions, worker);
  const ask = async (from: SessionOrigin, id = raised.id) =>
    due((await openLive(sessions, worker, id, "background", from)).session, clock.now);
  return { ...deployment, ...raised, ask };
}

async function prove({ sessions, worker }: Deployment, id: string, from: SessionOrigin): Promise<string> {
  const { session } = await openLive(sessions, worker, id, "background", from);
  return (await sessions.raise(session, "totp"))?.id ?? "";
}

describe("a session on another device", () => {
  it("[S4 V7.5.3] asks for a new factor at once, there and where it was", async () => {
    const { clock, ask } = await startProved();
    expect(await ask(HERE)).toBe("allow");
    clock.now += 1;
    expect(await ask(ELSEWHERE)).toBe("second-factor-device");
    clock.now += 1;
    expect(await ask(HERE)).toBe("second-factor-device");
  });

  it("[S1 S4] goes on where the factor is proved, and the id of the others is dead", async () => {
    const deployment = await startProved();
    const { clock, sessions, worker, id, ask } = deployment;
    clock.now += 1;
    await ask(ELSEWHERE);
    const raised = await prove(deployment, id, HERE);
    expect(await ask(HERE, raised)).toBe("allow");
    expect(await sessions.check(id, worker, "activity", ELSEWHERE)).toMatchObject({
      reason: "log-in-again",
    });
    clock.now += 1;
    expect(await ask(ELSEWHERE, raised)).toBe("second-factor-device");
  });

  it("[S4] tells parallel requests of two devices apart", async () => {
    const { clock, sessions, worker, id } = await startProved();
    clock.now += 1;
    const places = [HERE, ELSEWHERE, { ...HERE, device: "tablet" }];
    const answers = await Promise.all(places.map((from) => openLive(sessions, worker, id, "activity", from)));
    expect(answers.map(({ session }) => session.device)).toEqual(places.map(({ device }) => device));
  });

  it("[S4] asks on a node that still remembers where it was, and at once on the others", async () => {
    const { clock, node, worker, id } = await startProved();
    const [one, other] = [node(), node()];
    await openLive(other, worker, id, "background", HERE);
    const moved = await openLive(one, worker, id, "background", ELSEWHERE);
    const there = await openLive(other, worker, id, "background", ELSEWHERE);
    for (const { session } of [moved, there]) expect(due(session, clock.now)).toBe("second-factor-device");
  });

  it("[S7] asks on a node whose clock is 90 s behind that of the proof", async () => {
    const { clock, ask } = await startProved();
    clock.now -= 90_000;
    expect(await ask(HERE)).toBe("allow");
    expect(await ask(ELSEWHERE)).toBe("second-factor-device");
  });

  it("[S4] does not renew a proof by opening or moving", async () => {
    const { clock, ask } = await startProved();
    clock.now += 31 * MINUTE - 2 * MINUTE;
    expect(await ask(HOME)).toBe("allow");
    const { session } = await startProved();
    expect(due(session, NOON + 31 * MINUTE, "download")).toBe("second-factor-stale");
  });
});

describe("a session on another network", () => {
  it("[V7.5.3] asks once the factor is older than an hour, and no more once it is proved there", async () => {
    const deployment = await startProved();
    const { clock, sessions, worker, ask, id } = deployment;
    expect(await ask(HOME)).toBe("allow");
    for (; clock.now <= NOON + HOUR; clock.now += MINUTE) await sessions.check(id, worker, "activity", HOME);
    expect(await ask(HOME)).toBe("second-factor-network");
    const raised = await prove(deployment, id, HOME);
    for (let count = 0; count < 120; count++) {
      clock.now += MINUTE;
      await sessions.check(raised, worker, "activity", count % 2 ? HERE : HOME);
    }
    expect(await ask(HERE, raised)).toBe("allow");
    expect(await ask(HOME, raised)).toBe("allow");
  });

  it("writes nothing where two networks take turns", async () => {
    const { state, ask } = await startProved();
    await ask(HOME);
    state.write.mockClear();
    for (let count = 0; count < 20; count++) await ask(count % 2 ? HERE : HOME);
    expect(state.write).not.toHaveBeenCalled();
  });
});

describe("a move", () => {
  it("[V6.3.5] is told once, by the check that found it", async () => {
    const { sessions, worker, id } = await startProved();
    const asked = await Promise.all([1, 2].map(() => openLive(sessions, worker, id, "background", HOME)));
    expect(asked.map(({ hasMoved }) => hasMoved)).toEqual([true, true]);
    expect(asked[1]).toBe(asked[0]);
    expect(await openLive(sessions, worker, id, "background", HOME)).toMatchObject({ hasMoved: false });
    expect(await openLive(sessions, worker, id, "background", HERE)).toMatchObject({ hasMoved: false });
  });

  it("[V6.3.5] is told of a session without a proof, too", async () => {
    const { sessions, worker } = deploy();
    expect(await openLive(sessions, worker)).toMatchObject({ isFirst: true, hasMoved: false });
    expect(await openLive(sessions, worker, null, "activity", ELSEWHERE)).toMatchObject({
      isFirst: false,
      hasMoved: true,
    });
  });
});
