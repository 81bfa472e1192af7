import { DAY, refuse } from "@garim/policy";
import { readLine, refuseMember } from "../input.ts";
import { askRow } from "../store/database.ts";
import type { FiledLeak, LeakNotice, PostedLeak } from "./leak.ts";
import { deedOf, type LeakGround } from "./leak-book.ts";
import type { LeakHost } from "./leak-host.ts";
import { CONCERNED } from "./leak-sql.ts";
import { isFinished, postedOf } from "./leak-status.ts";
import type { Leaks } from "./leaks.ts";
import { countSendings, sendPage } from "./send-notice.ts";

/** Sends notices to those concerned. */
export function createSending({ book, host, ...ground }: LeakGround): Pick<Leaks, "send"> {
  return {
    async send(id, no, page, keeper) {
      const leak = book.get(id);
      if (leak === undefined || leak.closed !== null) return null;
      const sender = { ...ground, host: needHost(host) };
      const sent = await sendPage(id, noticeOf(leak, no), page, keeper, sender);
      const sums = await countSendings(ground.database, id, no);
      await book.note(id, (now) => ({
        ...now,
        notices: now.notices.map((one) => (one.no === no ? { ...one, sent: sums } : one)),
      }));
      return sent;
    },
  };
}

/** Posts notices on the site, for those nobody can reach. */
export function createPosting({
  book,
  database,
  policy,
  clock,
  tell,
}: LeakGround): Pick<Leaks, "post" | "takeDown" | "posted" | "ofBuyer"> {
  const posted = (): readonly PostedLeak[] => book.all().flatMap((leak) => postedOf(leak) ?? []);

  return {
    posted,
    post(id, no, keeper) {
      const now = clock();
      const act = { action: "post-notice", detail: { notice: no, is: "posted" }, keeper } as const;
      return book.change(id, act, (leak) => {
        const { no: notice } = noticeOf(leak, no);
        const { at, staysUntil } = leak.post ?? { at: now, staysUntil: now + policy.postDays * DAY };
        const steps = { ...leak.steps, post: leak.steps.post ?? deedOf(keeper, now, null) };
        return { ...leak, steps, post: { notice, at, staysUntil, takenDownAt: null } };
      });
    },
    async takeDown(id, keeper) {
      const now = clock();
      const leak = book.get(id);
      if (leak === undefined || leak.post === null) return null;
      if (now < leak.post.staysUntil) return refuse("breach-stays-posted", policy.edition);
      const detail = { leak: id, notice: leak.post.notice, is: "taken-down" };
      await tell(keeper, { action: "post-notice", detail });
      return await book.note(id, (known) =>
        known.post === null || known.post.takenDownAt !== null
          ? null
          : { ...known, post: { ...known.post, takenDownAt: now } },
      );
    },
    async ofBuyer(buyerId) {
      const now = posted();
      const { found } = await askRow(database, CONCERNED, [JSON.stringify(now.map(({ id }) => id)), buyerId]);
      const concerned: readonly string[] = JSON.parse(String(found));
      return now.map((one) => ({ ...one, concerned: concerned.includes(one.id) ? 1 : 0 }));
    },
  };
}

/** Ends the work. */
export function createClosing({ book, policy, clock }: LeakGround): Pick<Leaks, "close"> {
  return {
    async close(id, given, keeper) {
      const note = readLine("note", given);
      const leak = book.get(id);
      if (leak === undefined) return null;
      if (!isFinished(leak, clock(), policy)) return refuse("breach-still-open", policy.edition);
      const closed = deedOf(keeper, clock(), note);
      return await book.change(id, { action: "close-breach", detail: { note }, keeper }, (one) =>
        isFinished(one, clock(), policy) ? { ...one, closed } : null,
      );
    },
  };
}

function noticeOf(leak: FiledLeak, no: unknown): LeakNotice {
  const notice = leak.notices.find((one) => one.no === no);
  if (notice !== undefined) return notice;
  throw refuseMember("notice", "the number of a notice that was written");
}

function needHost(host: LeakHost | undefined): LeakHost {
  if (host !== undefined) return host;
  throw refuseMember(
    "duties.leaks",
    "the host's list of those concerned, { recipients, send }: write createGarim({ …, duties: { leaks } })",
  );
}
