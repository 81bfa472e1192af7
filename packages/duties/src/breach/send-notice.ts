import type { Keeper, Tell } from "../on-record.ts";
import { readLimit } from "../retention/paging.ts";
import { hashOf } from "../retention/tool-calls.ts";
import { askRow, askRowAgain, type DutyDatabase, dutiesUnavailable } from "../store/database.ts";
import type { LeakNotice, Sendings } from "./leak.ts";
import {
  isName,
  isRecipient,
  type LeakHost,
  type LeakRecipient,
  type RecipientsPage,
  type Sent,
} from "./leak-host.ts";
import { COUNT, NOTE, TOLD } from "./leak-sql.ts";

/** What sending works with. */
export interface Sender {
  readonly database: DutyDatabase;
  readonly host: LeakHost;
  readonly tell: Tell;
  readonly clock: () => number;
}

type Tried = readonly [recipient: string, channel: string, outcome: "told" | "failed" | "unreachable"];

/** Tells one page of recipients who were not told by this notice; each outcome is kept, and how many stands in the log. */
export async function sendPage(
  leakId: string,
  notice: LeakNotice,
  page: { readonly after?: string; readonly limit?: number },
  keeper: Keeper,
  { database, host, tell, clock }: Sender,
): Promise<Sent> {
  const { after = null, limit } = page;
  const asked = { leakId, after, limit: readLimit(limit) };
  const { recipients, next } = checkRecipients(await host.recipients(asked));
  const ids = recipients.map(({ id }) => id);
  const { found } = await askRow(database, TOLD, [leakId, notice.no, JSON.stringify(ids)]);
  const told: readonly string[] = JSON.parse(String(found));
  const waiting = recipients.filter(({ id }) => !told.includes(id));
  const about = { leak: leakId, notice: notice.no, sha256: notice.sha256 };
  const begun = {
    ...about,
    recipients: waiting.length,
    list: hashOf(waiting.map(({ id }) => id)),
    is: "begun",
  };
  await tell(keeper, { action: "send-notice", detail: begun });
  const tried: Tried[] = [];
  for (const recipient of waiting) tried.push(await tellOne(recipient, notice, leakId, host));
  await askRowAgain(database, NOTE, [leakId, notice.no, clock(), JSON.stringify(tried)]);
  const count = (outcome: Tried[2]): number => tried.filter((one) => one[2] === outcome).length;
  const sent = { told: count("told"), failed: count("failed"), unreachable: count("unreachable") };
  await tell(keeper, { action: "send-notice", detail: { ...about, ...sent, is: "finished" } });
  return { ...sent, next };
}

/** How many were told by a notice so far. */
export async function countSendings(database: DutyDatabase, leakId: string, no: number): Promise<Sendings> {
  const { told, failed, unreachable } = await askRow(database, COUNT, [leakId, no]);
  return { told: Number(told), failed: Number(failed), unreachable: Number(unreachable) };
}

async function tellOne(
  recipient: LeakRecipient,
  notice: LeakNotice,
  leakId: string,
  host: LeakHost,
): Promise<Tried> {
  const { id, channel } = recipient;
  if (channel === null) return [id, "", "unreachable"];
  try {
    await host.send({ id, channel }, notice, leakId);
    return [id, channel, "told"];
  } catch {
    return [id, channel, "failed"];
  }
}

/** The same person twice on a page is told once. */
function checkRecipients(page: RecipientsPage): RecipientsPage {
  const { recipients, next } = page ?? {};
  const isPage =
    Array.isArray(recipients) && recipients.every(isRecipient) && (next === null || isName(next));
  if (isPage) return { recipients: [...new Map(recipients.map((one) => [one.id, one])).values()], next };
  throw dutiesUnavailable(
    "duties.leaks.recipients gave no page, so nobody was told. Return { recipients: [{ id, channel }], next }; next is null at the end.",
  );
}
