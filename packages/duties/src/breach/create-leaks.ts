import { createHash, randomUUID } from "node:crypto";
import type { AccessAction, Detail } from "@garim/audit";
import {
  type BreachStep,
  DAY,
  LEAK_CHECKS,
  listBreachDuties,
  listMissingContents,
  type Refuse,
  refuse,
} from "@garim/policy";
import { readLine, readWord, refuseMember } from "../input.ts";
import { createTeller, type Keeper } from "../on-record.ts";
import type { RegisterOptions } from "../register/create-register.ts";
import { nameOf } from "../retention/data-holds.ts";
import { askRow } from "../store/database.ts";
import { openRoom } from "../store/room.ts";
import { migrateDuties } from "../tables/migration.ts";
import type { FiledLeak, LeakDeed, LeakHost, LeakNotice, LeakStatus, Leaks, PostedLeak } from "./leak.ts";
import { applyChange, readCheck, readLeak, readPast } from "./leak-check.ts";
import { CONCERNED } from "./leak-sql.ts";
import { countSendings, sendPage } from "./send-notice.ts";
import { writeNotice } from "./write-notice.ts";

export interface LeaksOptions extends RegisterOptions {
  /** The host's list of those concerned, and its channels; without it no notice is sent here. */
  readonly host?: LeakHost;
}

const STEPS: readonly BreachStep[] = ["notify", "report", "reportIntrusion", "post"];

/**
 * Opens the breach desk.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createLeaks(options: LeaksOptions): Promise<Leaks> {
  const { database, follower, append, policy, host, clock = Date.now } = options;
  const tell = createTeller(append, policy, clock);
  await migrateDuties(database);
  const room = await openRoom<FiledLeak>(database, follower, "leaks");

  /** What is decided stands in the log first: with the hash of the whole leak as it is then. */
  async function change(
    id: string,
    action: AccessAction,
    keeper: Keeper,
    detail: Detail,
    decide: (leak: FiledLeak) => FiledLeak | null,
  ): Promise<FiledLeak | null> {
    const known = room.get(id);
    if (known === undefined || known.closed !== null) return null;
    const next = decide(known);
    if (next === null) return known;
    await tell(keeper, { action, detail: { leak: id, ...detail, entry: sha256(JSON.stringify(next)) } });
    // Somebody else may have changed it meanwhile: it is decided anew on what is there.
    const changed = await room.change(id, (leak) =>
      leak === undefined || leak.closed !== null ? null : decide(leak),
    );
    return changed ?? null;
  }

  const deed = (keeper: Keeper, at: number, note: string | null): LeakDeed => ({
    at,
    by: nameOf(keeper),
    note,
  });

  function statusOf(leak: FiledLeak, now: number): LeakStatus {
    const { knownAt, facts, steps, kind, checks } = leak;
    const doneAt = Object.fromEntries(Object.entries(steps).map(([step, { at }]) => [step, at]));
    const duties = listBreachDuties({ ...facts, knownAt, doneAt }, now, policy);
    const unchecked = LEAK_CHECKS[kind].map(({ id }) => id).filter((id) => checks[id] === undefined);
    return { ...leak, duties, unchecked };
  }

  function noticeOf(leak: FiledLeak, no: unknown): LeakNotice {
    const notice = leak.notices.find((one) => one.no === no);
    if (notice !== undefined) return notice;
    throw refuseMember("notice", "the number of a notice that was written");
  }

  const postedNow = (): readonly PostedLeak[] =>
    room.values().flatMap(({ id, title, post, notices }) => {
      const text = notices.find(({ no }) => no === post?.notice)?.text;
      return post === null || post.takenDownAt !== null || text === undefined
        ? []
        : [{ id, title, postedAt: post.at, text }];
    });

  return {
    list: (now) =>
      room
        .values()
        .map((leak) => statusOf(leak, now))
        .toSorted((one, other) => other.openedAt - one.openedAt || (one.id < other.id ? -1 : 1)),
    find(id, now) {
      const leak = room.get(id);
      return leak === undefined ? null : statusOf(leak, now);
    },
    async open(given, keeper) {
      const now = clock();
      const blank = { contents: {}, steps: {}, checks: {}, notices: [], post: null, closed: null };
      const opened = { id: randomUUID(), openedAt: now, openedBy: nameOf(keeper) };
      const leak: FiledLeak = { ...readLeak(given, now), ...opened, ...blank };
      const { id, kind, knownAt, scope } = leak;
      const since = { kind, knownAt: new Date(knownAt).toISOString(), ...(scope === null ? {} : { scope }) };
      await tell(keeper, {
        action: "open-breach",
        detail: { leak: id, ...since, entry: sha256(JSON.stringify(leak)) },
      });
      await room.change(id, () => leak);
      return leak;
    },
    change: (id, given, keeper) =>
      change(id, "change-breach", keeper, {}, (leak) => applyChange(leak, given)),
    async finish(id, given, at, keeper) {
      const step = readWord("step", given, STEPS);
      const done = deed(keeper, at === undefined ? clock() : readPast("at", at, clock()), null);
      const detail = { step, at: new Date(done.at).toISOString() };
      return change(id, "change-breach", keeper, detail, (leak) =>
        leak.steps[step] === undefined ? { ...leak, steps: { ...leak.steps, [step]: done } } : null,
      );
    },
    async check(id, given, note, keeper) {
      const done = deed(keeper, clock(), readLine("note", note));
      return change(id, "change-breach", keeper, { check: String(given) }, (leak) => {
        const check = readCheck(leak, given);
        return { ...leak, checks: { ...leak.checks, [check]: done } };
      });
    },
    async write(id, given, keeper) {
      const company = readLine("company", given, 200);
      const [writtenAt, by] = [clock(), nameOf(keeper)];
      return change(id, "write-notice", keeper, {}, (leak) => {
        const { text, missing } = writeNotice(leak, company);
        if (missing.includes("items"))
          throw refuseMember("contents.items", "written first: what leaked is the least a notice says");
        const no = leak.notices.length + 1;
        const notice: LeakNotice = { no, missing, text, sha256: sha256(text), writtenAt, by, sent: null };
        return { ...leak, notices: [...leak.notices, notice] };
      });
    },
    async send(id, no, page, keeper) {
      const leak = room.get(id);
      if (leak === undefined || leak.closed !== null) return null;
      const sent = await sendPage(id, noticeOf(leak, no), page, keeper, {
        database,
        host: needHost(host),
        tell,
        clock,
      });
      const sums = await countSendings(database, id, no);
      await room.change(id, (now) =>
        now === undefined
          ? null
          : { ...now, notices: now.notices.map((one) => (one.no === no ? { ...one, sent: sums } : one)) },
      );
      return sent;
    },
    post(id, no, keeper) {
      const now = clock();
      return change(id, "post-notice", keeper, { notice: no, is: "posted" }, (leak) => {
        const { no: notice } = noticeOf(leak, no);
        const { at, staysUntil } = leak.post ?? { at: now, staysUntil: now + policy.postDays * DAY };
        const steps = { ...leak.steps, post: leak.steps.post ?? deed(keeper, now, null) };
        return { ...leak, steps, post: { notice, at, staysUntil, takenDownAt: null } };
      });
    },
    async takeDown(id, keeper): Promise<FiledLeak | Refuse | null> {
      const now = clock();
      const leak = room.get(id);
      if (leak === undefined || leak.post === null) return null;
      if (now < leak.post.staysUntil) return refuse("breach-stays-posted", policy.edition);
      const detail = { leak: id, notice: leak.post.notice, is: "taken-down" };
      await tell(keeper, { action: "post-notice", detail });
      const down = await room.change(id, (known) =>
        known === undefined || known.post === null || known.post.takenDownAt !== null
          ? null
          : { ...known, post: { ...known.post, takenDownAt: now } },
      );
      return down ?? null;
    },
    async close(id, given, keeper): Promise<FiledLeak | Refuse | null> {
      const note = readLine("note", given);
      const leak = room.get(id);
      if (leak === undefined) return null;
      const isOpen = (one: FiledLeak): boolean => {
        const { duties, unchecked } = statusOf(one, clock());
        const isPartial = listMissingContents(Object.keys(one.contents)).length > 0;
        const last = one.notices.at(-1);
        const isUnsaid = last === undefined || last.missing.length > 0;
        return duties.some(({ doneAt }) => doneAt === null) || unchecked.length > 0 || isPartial || isUnsaid;
      };
      if (isOpen(leak)) return refuse("breach-still-open", policy.edition);
      const closed = deed(keeper, clock(), note);
      return await change(id, "close-breach", keeper, { note }, (one) =>
        isOpen(one) ? null : { ...one, closed },
      );
    },
    posted: postedNow,
    async ofBuyer(buyerId) {
      const posted = postedNow();
      const ids = posted.map(({ id }) => id);
      const { found } = await askRow(database, CONCERNED, [JSON.stringify(ids), buyerId]);
      const concerned: readonly string[] = JSON.parse(String(found));
      return posted.map((one) => ({ ...one, concerned: concerned.includes(one.id) ? 1 : 0 }));
    },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function needHost(host: LeakHost | undefined): LeakHost {
  if (host !== undefined) return host;
  throw refuseMember(
    "duties.leaks",
    "the host's list of those concerned, { recipients, send }: write createGarim({ …, duties: { leaks } })",
  );
}
