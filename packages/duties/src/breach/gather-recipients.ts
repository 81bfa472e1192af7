import { findBreachScope, listContacts } from "@garim/audit";
import { refuseMember } from "../input.ts";
import { nameOf } from "../on-record.ts";
import { dutiesUnavailable } from "../store/database.ts";
import type { FiledLeak, LeakGathered } from "./leak.ts";
import type { LeakGround } from "./leak-book.ts";
import { isRecipient, type LeakCandidate, type LeakHost, type LeakRecipient } from "./leak-host.ts";
import type { Leaks } from "./leaks.ts";
import { foundOf } from "./open-leak.ts";

/** Handed to the host at once. */
const MOST_HANDED = 1_000;

/** Fills the host's list of those whom a leak concerns. */
export function createGathering({ book, host, clock }: LeakGround): Pick<Leaks, "gather"> {
  return {
    async gather(id, { desk, keys, found: known, signal }, keeper) {
      const leak = book.get(id);
      if (leak === undefined || leak.closed !== null) return null;
      const { candidates, keep } = needList(host);
      const found = known ?? (await findBreachScope(desk, filterOf(leak), signal && { signal }));
      const purpose = `notice of the leak ${id}`;
      const concerned = listContacts(desk, {
        found,
        keys,
        candidates: whileWanted(candidates(), signal),
        purpose,
        clock,
      });
      const counted = await handOver(concerned, (some) => keep(id, some), signal);
      const gathered: LeakGathered = { at: clock(), by: nameOf(keeper), ...counted };
      const scope = found.file.sha256;
      const act = { action: "change-breach", detail: { scope, ...counted }, keeper } as const;
      return await book.change(id, act, (one) => ({ ...one, scope, found: foundOf(found), gathered }));
    },
  };
}

/** Hosts know many more people than a leak concerns. */
async function* whileWanted<T>(
  all: AsyncIterable<T> | Iterable<T>,
  signal: AbortSignal | undefined,
): AsyncIterable<T> {
  for await (const one of all) {
    signal?.throwIfAborted();
    yield one;
  }
}

/** The names of one person come one after another, so that each is handed over and counted once. */
async function handOver(
  concerned: AsyncIterable<LeakCandidate>,
  keep: (some: readonly LeakRecipient[]) => unknown,
  signal: AbortSignal | undefined,
): Promise<Pick<LeakGathered, "handed" | "unreachable">> {
  let [handed, unreachable] = [0, 0];
  let waiting: LeakRecipient[] = [];
  let last: string | null = null;
  for await (const { contact } of concerned) {
    signal?.throwIfAborted();
    const { id, channel } = checkContact(contact);
    if (id === last) continue;
    last = id;
    handed++;
    if (channel === null) unreachable++;
    waiting.push({ id, channel });
    if (waiting.length < MOST_HANDED) continue;
    await keep(waiting);
    waiting = [];
  }
  if (waiting.length > 0) await keep(waiting);
  return { handed, unreachable };
}

function checkContact(contact: LeakRecipient): LeakRecipient {
  if (isRecipient(contact)) return contact;
  throw dutiesUnavailable(
    "duties.leaks.candidates gave somebody who cannot be put on a list. Return { subject, contact: { id, channel } }; channel is null where nobody knows how to reach them.",
  );
}

function filterOf({ found = null }: Partial<FiledLeak>): NonNullable<FiledLeak["found"]>["filter"] {
  if (found !== null) return found.filter;
  throw refuseMember("found", "there: open the leak from a scope, so that the log can be asked again");
}

function needList(host: LeakHost | undefined): Required<Pick<LeakHost, "candidates" | "keep">> {
  const { candidates, keep }: Partial<LeakHost> = host ?? {};
  if (host !== undefined && candidates !== undefined && keep !== undefined)
    return { candidates: () => candidates.call(host), keep: (id, some) => keep.call(host, id, some) };
  throw refuseMember(
    "duties.leaks",
    "one with candidates and keep, who the host knows and where it notes them: write createGarim({ …, duties: { leaks } })",
  );
}
