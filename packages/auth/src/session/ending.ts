import type { Policy } from "@garim/policy";
import type { Worker } from "../worker.ts";
import type { SessionBook, SessionChange } from "./book.ts";
import { nameSession } from "./id.ts";
import { type Login, makeLogin } from "./login.ts";
import { type EndedRecord, judgeSession, type SessionRecord, toListed } from "./record.ts";
import { closeRoster, isListed, leaveRoster, type RosterEntry } from "./roster.ts";
import type { ListedSession, Session, SessionEnd, Sessions } from "./session.ts";

/** Ways in which sessions end other than by themselves, and what is seen of them. */
export interface Ending extends Pick<Sessions, "end" | "list" | "endNamed" | "endAll"> {
  /** Writes into sessions that no longer stand in the roster why they ended. */
  mark(worker: Worker, dropped: readonly RosterEntry[], reason: SessionEnd): Promise<void>;
  /** Ends every session of a worker but one, and refuses log-ins up to a moment. */
  close(worker: Worker, until: number, reason: SessionEnd, exceptKey?: string): Promise<void>;
  /** Takes a session that ended out of its roster, and all others with it where their roles are no longer the worker's. */
  tidy(login: Login, ended: EndedRecord | null): Promise<void>;
}

export function createEnding(book: SessionBook, policy: Policy, clock: () => number): Ending {
  async function endRecord(login: Login, reason: SessionEnd): Promise<void> {
    await book.change(login, ({ record }): SessionChange => {
      const isIts = record?.sellerId === login.worker.sellerId && record.ended === null;
      const ended = isIts ? { ...record, ended: reason } : null;
      return { record: ended, ended };
    });
  }

  async function mark(worker: Worker, dropped: readonly RosterEntry[], reason: SessionEnd): Promise<void> {
    await Promise.all(dropped.map((entry) => endRecord(loginOf(worker, entry), reason)));
  }

  async function leave(worker: Worker, key: string): Promise<void> {
    await book.changeRoster(worker, (roster) => ({
      roster: isListed(roster, key) ? leaveRoster(roster, key) : null,
    }));
  }

  async function tidy({ worker, key }: Login, ended: EndedRecord | null): Promise<void> {
    // A seller left stays in its roster: the log-in may have come back by now, and leaving then would end it.
    if (ended === null || ended.ended === "seller-changed") return;
    if (ended.ended === "roles-changed") return endAll(worker, ended.ended);
    await leave({ ...worker, sellerId: ended.sellerId }, key);
  }

  async function end(session: Session): Promise<void> {
    const login = makeLogin(session.worker, session.authenticatedAt);
    const { ended } = await book.change(login, ({ record }): SessionChange => {
      // Whichever id and seller it has by now: who signs out means the log-in.
      const last: EndedRecord | null =
        record === undefined || record.ended !== null ? null : { ...record, ended: "log-out" };
      return { record: last, ended: last };
    });
    await tidy(login, ended);
  }

  async function listLive(worker: Worker): Promise<readonly (readonly [RosterEntry, SessionRecord])[]> {
    const { sessions } = await book.readRoster(worker);
    const now = clock();
    const read = await Promise.all(
      sessions.map(async (entry) => [entry, await book.readRecord(loginOf(worker, entry))] as const),
    );
    return read.flatMap(([entry, record]) =>
      record !== undefined && isLiveOf(worker, record, now, policy) ? [[entry, record] as const] : [],
    );
  }

  async function list(worker: Worker): Promise<readonly ListedSession[]> {
    const live = await listLive(worker);
    return live
      .map(([, record]) => toListed(record))
      .sort((one, other) => other.lastActivityAt - one.lastActivityAt);
  }

  async function endNamed(worker: Worker, name: string): Promise<boolean> {
    const found = (await listLive(worker)).find(([, record]) => nameSession(record.idHash) === name);
    if (found === undefined) return false;
    const [entry] = found;
    await endRecord(loginOf(worker, entry), "session-revoked");
    await leave(worker, entry.key);
    return true;
  }

  async function endAll(worker: Worker, reason: SessionEnd, except?: Session): Promise<void> {
    const exceptKey = except && makeLogin(except.worker, except.authenticatedAt).key;
    await close(worker, clock(), reason, exceptKey);
  }

  async function close(worker: Worker, until: number, reason: SessionEnd, exceptKey?: string): Promise<void> {
    const { dropped } = await book.changeRoster(worker, (roster) => ({
      roster: closeRoster(roster, until, exceptKey),
      dropped: roster.sessions.filter(({ key }) => key !== exceptKey),
    }));
    await mark(worker, dropped, reason);
  }

  return { mark, close, tidy, end, list, endNamed, endAll };
}

function loginOf(worker: Worker, { key, authenticatedAt }: RosterEntry): Login {
  return { worker, authenticatedAt, key };
}

function isLiveOf(worker: Worker, record: SessionRecord, now: number, policy: Policy): boolean {
  const isIts = record.sellerId === worker.sellerId && record.ended === null;
  return isIts && judgeSession(record, now, policy).kind === "allow";
}
