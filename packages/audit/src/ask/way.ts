import type { LogFilter } from "./filter.ts";
import { type Bind, NO_END, type PlaceRange, type Search } from "./search.ts";

/** A column with an index of its own, then the place: whatever it is looked up for comes in order. */
type KeyColumn = "actor" | "seller" | "session" | "ip" | "key" | "target" | "action";

/** One way into the log: by an index, in the order of places. Several are joined, and no record comes by two of them. */
export type Way =
  | { readonly by: "place" | "refused" | "subject" }
  | { readonly by: KeyColumn; readonly value: string; readonly isNot?: { readonly actor: string } };

/**
 * The indexes to go by: the one that leaves least, as far as that can be told from what is asked alone. Whose data it was is
 * rarest; a seller's records are rarer than an action, and an action other than viewing rarer than a refusal.
 */
export function waysOf({ filter, sessionActors, within }: Search): readonly Way[] {
  const { subject, key, session, target, actor, person, ip, seller, actions = [], outcome } = filter;
  if (within !== undefined && seller !== undefined && seller !== within.sellerId) return [];
  if (subject !== undefined) return [{ by: "subject" }];
  if (session !== undefined) {
    if (!needsSessionActors(filter)) return [{ by: "session", value: session }];
    const actors = sessionActors.filter((one) => actor === undefined || one === actor);
    return actors.map((value) => ({ by: "actor", value }));
  }
  if (key !== undefined) return [{ by: "key", value: key }];
  if (target !== undefined) return [{ by: "target", value: target }];
  if (actor !== undefined) return [{ by: "actor", value: actor }];
  if (person !== undefined)
    return [
      { by: "actor", value: person },
      { by: "target", value: person, isNot: { actor: person } },
    ];
  if (ip !== undefined) return [{ by: "ip", value: ip }];
  const sellerId = within?.sellerId ?? seller;
  if (sellerId !== undefined) return [{ by: "seller", value: sellerId }];
  if (exceptsViews(actions)) return actions.map((value) => ({ by: "action", value }));
  return [{ by: outcome === "refused" ? "refused" : "place" }];
}

/** Whether a session's records are those of who acted in it: its own index knows everything but views. */
export function needsSessionActors({ subject, session, actions = [] }: LogFilter): boolean {
  return subject === undefined && session !== undefined && !exceptsViews(actions);
}

function exceptsViews(actions: readonly string[]): boolean {
  return actions.length > 0 && !actions.includes("view");
}

/**
 * Where in the index of a way to look: at one value, in the order of places. It is asked as a list of one: an equality would make
 * the order that of the places alone, and the planner might walk the whole log in hope of a frequent value.
 */
export function rangeOf(way: Way, { first, end }: PlaceRange, bind: Bind): readonly string[] {
  // What every place is within is left unsaid: to weigh it, the planner would look up both ends of every month's index.
  const places = [
    ...(first > 1 ? [`r.seq >= ${bind(String(first), "bigint")}`] : []),
    ...(end < NO_END ? [`r.seq < ${bind(String(end), "bigint")}`] : []),
  ];
  if (!isKeyed(way)) return way.by === "refused" ? ["r.outcome = 'refused'", ...places] : places;
  return [
    `r.${way.by} = any(array[${bind(way.value, "text")}])`,
    ...places,
    ...(PARTIAL[way.by] ?? []),
    ...(way.isNot === undefined ? [] : [`r.actor <> ${bind(way.isNot.actor, "text")}`]),
  ];
}

export function isKeyed(way: Way): way is Extract<Way, { readonly value: string }> {
  return "value" in way;
}

/** What those indexes leave out must be said, or the planner may not use them. */
const PARTIAL: Readonly<Partial<Record<KeyColumn, readonly string[]>>> = {
  seller: ["r.seller is not null"],
  key: ["r.key is not null"],
  target: ["r.target is not null"],
  session: ["r.session is not null", "r.action <> 'view'"],
  action: ["r.action <> 'view'"],
};
