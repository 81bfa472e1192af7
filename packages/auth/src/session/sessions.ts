import type { Policy, WorkerIdentity } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { changeState } from "../state/change.ts";
import type { StateStore } from "../state/store.ts";
import { createSessionCache } from "./cache.ts";
import { type CheckFacts, decideCheck } from "./check.ts";
import { hashSessionId, makeSessionId, nameSession } from "./id.ts";
import { type Login, makeLogin, readLogin } from "./login.ts";
import {
  decodeSession,
  encodeSession,
  judgeSession,
  type SessionRecord,
  sessionExpiry,
  toSession,
} from "./record.ts";
import type { Checked, FactorMethod, Raised, Session, SessionEnd, Sessions, SessionUse } from "./session.ts";

export interface SessionsOptions {
  readonly state: StateStore;
  readonly policy: Policy;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /**
   * Called once for each session that ends, on the node that ended it. Idle and absolute ends are noticed by the next request
   * of that log-in; without one nobody is called. Must not throw.
   */
  readonly onEnd?: (session: Session, reason: SessionEnd) => void;
}

/** Makes the sessions of a deployment. Any number of nodes may share one state store. */
export function createSessions(options: SessionsOptions): Sessions {
  const { state, policy, clock = Date.now, onEnd = () => undefined } = options;
  const cache = createSessionCache(state, clock);

  /** Decides on the record as it is stored now; what is decided holds only if nobody wrote in between. */
  async function change<C extends { readonly record: SessionRecord | null }>(
    login: Login,
    decide: (record: SessionRecord | undefined) => C,
  ): Promise<C> {
    try {
      const { decided } = await changeState(state, login.key, (entry) => {
        const decided = decide(entry && decodeSession(entry.value));
        return { decided, next: decided.record && toNext(decided.record) };
      });
      if (decided.record?.ended) onEnd(toSession(login.worker, decided.record), decided.record.ended);
      return decided;
    } finally {
      // Also after a failure: nobody knows what was stored.
      cache.forget(login.key);
    }
  }

  function toNext(record: SessionRecord): { readonly value: string; readonly expiresAt: number } {
    return { value: encodeSession(record), expiresAt: sessionExpiry(record, policy) };
  }

  async function settle(facts: CheckFacts): Promise<Checked> {
    const { answer } = await change(facts.login, (record) => decideCheck(record, facts, policy));
    return answer;
  }

  async function check(id: string | null, identity: WorkerIdentity, use: SessionUse): Promise<Checked> {
    const facts = { login: readLogin(identity), idHash: hashSessionId(id), use, now: clock() };
    const { record, answers } = cache.read(facts.login.key);
    const { answer, record: changed } = decideCheck(await record, facts, policy);
    // A remembered record may be a second old. It says that nothing is to be done, and nothing else.
    if (answer.kind === "live" && changed === null) return answer;
    return shareAnswer(answers, `${use} ${facts.idHash}`, () => settle(facts));
  }

  async function touch(session: Session): Promise<void> {
    const now = clock();
    if (now - session.lastActivityAt < AUTH_DEFAULTS.activityMs) return;
    const login = makeLogin(session.worker, session.authenticatedAt);
    await change(login, (current) => {
      const isLive = current !== undefined && current.ended === null && isNamed(current, session);
      if (!isLive || now <= current.lastActivityAt || judgeSession(current, now, policy).kind === "refuse")
        return { record: null };
      return { record: { ...current, lastActivityAt: now } };
    });
  }

  async function raise(session: Session, method: FactorMethod): Promise<Raised | undefined> {
    const login = makeLogin(session.worker, session.authenticatedAt);
    const now = clock();
    const { id, idHash } = makeSessionId();
    const { record } = await change(login, (current) => {
      const isCurrent = current !== undefined && current.ended === null && isNamed(current, session);
      if (!isCurrent || judgeSession(current, now, policy).kind === "refuse") return { record: null };
      // The id rotates: whoever had the one without the proof does not have the one with it.
      return { record: { ...current, idHash, lastActivityAt: now, secondFactor: { method, at: now } } };
    });
    return record === null ? undefined : { session: toSession(login.worker, record), id };
  }

  async function end(session: Session): Promise<void> {
    const login = makeLogin(session.worker, session.authenticatedAt);
    await change(login, (current) =>
      // Whichever id it has by now: who signs out means the log-in.
      current === undefined || current.ended !== null
        ? { record: null }
        : { record: { ...current, ended: "log-out" } },
    );
  }

  return { check, touch, raise, end };
}

function shareAnswer(
  answers: Map<string, Promise<Checked>>,
  question: string,
  ask: () => Promise<Checked>,
): Promise<Checked> {
  const answer = answers.get(question) ?? ask();
  answers.set(question, answer);
  return answer;
}

function isNamed(record: SessionRecord, session: Session): boolean {
  return nameSession(record.idHash) === session.name;
}
