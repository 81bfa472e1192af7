import { resolvePolicy, type StaffIdentity } from "@garim/policy";
import { describe, expect, it } from "vitest";
import {
  createSessions,
  createTotp,
  type Live,
  type Sessions,
  type StateStore,
  type Totp,
} from "../src/index.ts";
import { codeAt, handClock, KEYS, NOON, race, someStaff } from "./people.ts";
import type { SharedStore } from "./stores.ts";

const policy = resolvePolicy();

interface Node {
  readonly totp: Totp;
  readonly sessions: Sessions;
}

async function enrol({ totp }: Node, worker: StaffIdentity): Promise<string> {
  const enrolment = await totp.enrol(worker, "kim");
  if ("secret" in enrolment) return enrolment.secret;
  throw new Error(enrolment.reason);
}

async function openLive({ sessions }: Node, worker: StaffIdentity): Promise<Live> {
  const checked = await sessions.check(null, worker, "activity");
  if (checked.kind === "live") return checked;
  throw new Error(checked.reason);
}

/** What must hold when two nodes serve one worker, whatever the store. */
export function describeTwoNodes(store: SharedStore): void {
  const open = async () => {
    const clock = handClock();
    const start = (state: StateStore): Node => ({
      totp: createTotp({ state, keys: KEYS, policy, issuer: "Market", clock }),
      sessions: createSessions({ state, policy, clock }),
    });
    const [one, other] = await store.connect(clock);
    return { clock, one: start(one), other: start(other) };
  };

  describe("totp.verify", () => {
    it("[T2] proves one of 60 parallel posts of one code", async () => {
      const { clock, one, other } = await open();
      const worker = someStaff();
      const secret = await enrol(one, worker);
      await one.totp.confirm(worker, codeAt(secret, NOON));
      clock.now += 30_000;
      const code = codeAt(secret, clock.now);
      const answers = await race(60, (index) => (index % 2 ? one : other).totp.verify(worker, code));
      expect(answers.filter(({ kind }) => kind === "proved")).toHaveLength(1);
    });

    it("[T2] proves one of 60 parallel posts of the enrolment's code", async () => {
      const { one, other } = await open();
      const worker = someStaff();
      const code = codeAt(await enrol(one, worker), NOON);
      const answers = await race(60, (index) => (index % 2 ? one : other).totp.confirm(worker, code));
      expect(answers.filter(({ kind }) => kind === "proved")).toHaveLength(1);
    });

    it("[T1] refuses on the other node a code used on the first, as it refuses a wrong one", async () => {
      const { clock, one, other } = await open();
      const worker = someStaff();
      const secret = await enrol(one, worker);
      await one.totp.confirm(worker, codeAt(secret, NOON));
      const again = await other.totp.verify(worker, codeAt(secret, NOON));
      const wrong = await other.totp.verify(worker, "000000");
      expect(again).toEqual(wrong);
      expect(again).toMatchObject({ kind: "refuse", reason: "second-factor-wrong" });
      clock.now += 30_000;
      expect(await other.totp.verify(worker, codeAt(secret, clock.now))).toMatchObject({ kind: "proved" });
    });

    it("[T3] answers no more than 10 of 60 parallel guesses over both nodes", async () => {
      const { clock, one, other } = await open();
      const worker = someStaff();
      const secret = await enrol(one, worker);
      await one.totp.confirm(worker, codeAt(secret, NOON));
      clock.now += 90_000;
      const wrong = codeAt(secret, NOON);
      const answers = await race(60, (index) => (index % 2 ? one : other).totp.verify(worker, wrong));
      const reasons = answers.map((answer) => answer.kind === "refuse" && answer.reason);
      expect(reasons.filter((reason) => reason === "second-factor-wrong")).toHaveLength(10);
      expect(reasons.filter((reason) => reason === "account-locked")).toHaveLength(50);
    });
  });

  describe("sessions.check", () => {
    it("opens one session for 60 parallel first requests, and one id survives", async () => {
      const { one, other } = await open();
      const worker = someStaff();
      const answers = await race(60, (index) =>
        (index % 2 ? one : other).sessions.check(null, worker, "activity"),
      );
      expect(answers.every(({ kind }) => kind === "live")).toBe(true);
      const sessions = new Map(
        answers.flatMap((answer) => (answer.kind === "live" ? [[answer.session.name, answer.session]] : [])),
      );
      const raised = [];
      for (const session of sessions.values()) raised.push(await other.sessions.raise(session, "totp"));
      expect(raised.filter((session) => session !== undefined)).toHaveLength(1);
    });

    it("[S1] refuses on both nodes the id from before the second factor", async () => {
      const { clock, one, other } = await open();
      const worker = someStaff();
      const first = await openLive(one, worker);
      const raised = await one.sessions.raise(first.session, "totp");
      clock.now += 1_000;
      for (const node of [one, other]) {
        expect(await node.sessions.check(first.id, worker, "activity")).toMatchObject({
          reason: "log-in-again",
        });
        expect(await node.sessions.check(raised?.id ?? null, worker, "activity")).toMatchObject({
          kind: "live",
        });
      }
    });

    it("[S3] sees on the other node within a second that the session was ended", async () => {
      const { clock, one, other } = await open();
      const worker = someStaff();
      const { id, session } = await openLive(one, worker);
      await other.sessions.check(id, worker, "background");
      await one.sessions.end(session);
      expect(await one.sessions.check(id, worker, "activity")).toMatchObject({ reason: "log-in-again" });
      clock.now += 1_000;
      expect(await other.sessions.check(id, worker, "activity")).toMatchObject({ reason: "log-in-again" });
    });

    it("raises a session once where 60 steps-up run in parallel", async () => {
      const { one, other } = await open();
      const worker = someStaff();
      const { session } = await openLive(one, worker);
      const raised = await race(60, (index) => (index % 2 ? one : other).sessions.raise(session, "totp"));
      expect(raised.filter((one) => one !== undefined)).toHaveLength(1);
    });
  });
}
