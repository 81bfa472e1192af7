import { ALLOW, type Allow, type Refuse, refuse } from "./decision.ts";
import type { Policy } from "./policy.ts";

/** What limiting by network depends on. Whoever parses addresses says only whether this one is listed. */
export interface NetworkFacts {
  /** A tool needs a list; people have one on request. */
  readonly caller: "tool" | "person";
  /** Whether a list of allowed addresses is registered for the tool, seller or account. */
  readonly hasList: boolean;
  /** Whether the request's address is on it; anything but `true` counts as not. */
  readonly isListed: boolean;
}

/**
 * Decides whether a request may come from where it comes from.
 *
 * @returns refuse with `network-list-missing` for a tool without a list, `network-not-listed` outside a list
 * @source notice-2026-9/6-1
 */
export function decideNetwork(facts: NetworkFacts, { edition }: Policy): Allow | Refuse {
  const { caller, hasList, isListed } = facts;
  if (hasList === true) return isListed === true ? ALLOW : refuse("network-not-listed", edition);
  const needsNone = caller === "person" && hasList === false;
  return needsNone ? ALLOW : refuse("network-list-missing", edition);
}
