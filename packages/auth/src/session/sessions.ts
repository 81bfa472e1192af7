import type { Allow, Policy, Refuse, WorkerIdentity } from "@garim/policy";
import { AUTH_DEFAULTS } from "../defaults.ts";
import type { StateStore } from "../state/store.ts";
import type { Worker } from "../worker.ts";
import { createBook } from "./book.ts";
import { decideCheck, decideRecheck, decideRecheckAnswer } from "./check.ts";
import { createEnding } from "./ending.ts";
import { hashSessionId, makeSessionId } from "./id.ts";
import { makeLogin, nameRoles, readLogin } from "./login.ts";
import { createOpening } from "./opening.ts";
import { readOrigin, type SessionOrigin } from "./origin.ts";
import type { CheckFacts } from "./outcome.ts";
import { decideRaise, decideSuspect, decideTouch } from "./raise.ts";
import { createRecentAnswers, type Question } from "./recent.ts";
import { toSession } from "./record.ts";
import { FOREVER, reopenRoster } from "./roster.ts";
import type { Checked, FactorMethod, Raised, Session, SessionEnd, Sessions, SessionUse } from "./session.ts";
import { createStandings } from "./standings.ts";
import { createUnderWay } from "./under-way.ts";

export interface SessionsOptions {
  /** Where sessions live; may be lost in a restart: then everybody logs in again. */
  readonly state: StateStore;
  /** Where what outlives sessions is kept: who was dismissed, and when each was last here. `state` if left out. */
  readonly accounts?: StateStore;
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
  const { state, accounts = state, policy, clock = Date.now, onEnd = () => undefined } = options;
  const book = createBook({ state, policy, clock, onEnd });
  const standings = createStandings(accounts, policy, clock);
  const ending = createEnding(book, policy, clock);
  const { settle } = createOpening({ book, standings, ending, policy });
  const recent = createRecentAnswers(policy);
  const shareTouch = createUnderWay();

  async function check(
    id: string | null,
    identity: WorkerIdentity,
    use: SessionUse,
    from: SessionOrigin,
  ): Promise<Checked> {
    const now = clock();
    const question = { id, identity, use, from };
    return recent.find(question, now) ?? judge(question, now);
  }

  async function judge(question: Question, now: number): Promise<Checked> {
    const { id, identity, use, from } = question;
    const login = readLogin(identity);
    const roles = nameRoles(identity);
    const facts = { login, roles, idHash: hashSessionId(id), use, origin: readOrigin(from), now };
    const read = book.read(login);
    const { answer, record, joins } = decideCheck(await read.stored, facts, policy);
    // What is remembered may be a second old. It says that nothing is to be done, and nothing else.
    if (answer.kind === "live" && record === null && !joins) return recent.keep(question, answer, read, now);
    return shareAnswer(read.answers, facts, () => settle(facts));
  }

  async function recheck(session: Session): Promise<Allow | Refuse> {
    const login = makeLogin(session.worker, session.authenticatedAt);
    return decideRecheck(await book.read(login).stored, session, login, clock(), policy);
  }

  async function recheckAnswer(session: Session): Promise<Allow | Refuse> {
    const login = makeLogin(session.worker, session.authenticatedAt);
    return decideRecheckAnswer(await book.read(login).stored, session, login, clock(), policy);
  }

  async function recheckNow(session: Session): Promise<Allow | Refuse> {
    const login = makeLogin(session.worker, session.authenticatedAt);
    const record = await book.readRecord(login);
    const roster = await book.readRoster(login.worker);
    return decideRecheck({ record, roster }, session, login, clock(), policy);
  }

  async function touch(session: Session): Promise<void> {
    const now = clock();
    if (now - session.lastActivityAt < AUTH_DEFAULTS.activityMs) return;
    const login = makeLogin(session.worker, session.authenticatedAt);
    // A page's requests are answered together: the first one says for all of them that somebody is there.
    await shareTouch(session.name, async () => {
      await book.change(login, (stored) => decideTouch(stored, session, now, policy));
    });
  }

  async function raise(session: Session, method: FactorMethod): Promise<Raised | undefined> {
    const login = makeLogin(session.worker, session.authenticatedAt);
    const proof = { ...makeSessionId(), method, at: clock() };
    const { record } = await book.change(login, (stored) =>
      decideRaise(stored, login, session, proof, policy),
    );
    return record === null ? undefined : { session: toSession(login.worker, record, proof.at), id: proof.id };
  }

  async function suspect(session: Session): Promise<Session | undefined> {
    const now = clock();
    const login = makeLogin(session.worker, session.authenticatedAt);
    const { record } = await book.change(login, (stored) => decideSuspect(stored, session, now, policy));
    return record === null ? undefined : toSession(login.worker, record, now);
  }

  /** Written down for good first, then closed for whoever is opening a session at this moment. */
  async function dismiss(worker: Worker): Promise<void> {
    await standings.dismiss(worker);
    await ending.close(worker, FOREVER, "account-dismissed");
  }

  async function reinstate(worker: Worker): Promise<void> {
    const now = clock();
    await standings.reinstate(worker);
    await book.changeRoster(worker, (roster) => ({ roster: reopenRoster(roster, now) }));
  }

  const { end, list, endNamed, endAll } = ending;
  const { reactivate } = standings;
  return {
    check,
    recheck,
    recheckAnswer,
    recheckNow,
    touch,
    raise,
    suspect,
    end,
    list,
    endNamed,
    endAll,
    dismiss,
    reinstate,
    reactivate,
  };
}

function shareAnswer(
  answers: Map<string, Promise<Checked>>,
  { use, idHash, roles, origin }: CheckFacts,
  ask: () => Promise<Checked>,
): Promise<Checked> {
  const question = JSON.stringify([use, idHash, roles, origin.device, origin.network]);
  const answer = answers.get(question) ?? ask();
  answers.set(question, answer);
  return answer;
}
