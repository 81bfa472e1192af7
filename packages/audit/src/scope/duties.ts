import { type BreachDuty, type BreachFacts, GarimError, listBreachDuties, type Policy } from "@garim/policy";
import { koreanTime } from "../words/korean-time.ts";
import type { BreachScope } from "./breach-scope.ts";

/** What only people know of a leak; what nobody says counts as the worse case. */
export interface SaidFacts extends Partial<Omit<BreachFacts, "subjects" | "knownAt">> {
  /** When the operator came to know of it, UTC milliseconds: every clock runs from here. */
  readonly knownAt: number;
}

/** A duty with its clock, in Korean time as well. */
export interface ScopeDuty extends BreachDuty {
  /** When its clock began, UTC milliseconds. */
  readonly startsAt: number;
  /** `2026-11-22T18:00:00.123+09:00`. */
  readonly startsAtKorea: string;
  /** The last millisecond in time. */
  readonly dueAtKorea: string;
}

/**
 * What is known of a leak: what people say, and how many data subjects the log shows. Where they may be fewer or more, more counts;
 * where they could not all be counted, nobody knows.
 */
export function breachFactsOf({ people, isWhole }: BreachScope, said: SaidFacts): BreachFacts {
  return {
    isPossibleOnly: false,
    hasUniqueIds: null,
    hasSensitive: null,
    isOutsideAccess: null,
    isIntrusion: null,
    lacksContacts: null,
    doneAt: {},
    ...said,
    subjects: isWhole ? people.most : null,
  };
}

/**
 * Lists what a leak obliges to and by when: `listBreachDuties` of `@garim/policy` over what the log shows.
 *
 * @param now - UTC milliseconds
 * @throws GarimError `ERR_GARIM_QUERY_INVALID` where `knownAt` is no moment
 * @source pipa/34-1, pipa-decree/39, pipa-decree/40, network-act/intrusion
 */
export function listScopeDuties(
  scope: BreachScope,
  said: SaidFacts,
  now: number,
  policy: Policy,
): readonly ScopeDuty[] {
  const { knownAt } = said;
  const duties = listBreachDuties(breachFactsOf(scope, said), now, policy);
  if (duties.some(({ dueAt }) => !Number.isFinite(dueAt)))
    throw new GarimError(
      "ERR_GARIM_QUERY_INVALID",
      'knownAt must be the moment the operator came to know of the leak, in UTC milliseconds; write knownAt: Date.parse("2026-11-22T09:00+09:00")',
    );
  return duties.map((duty) => ({
    ...duty,
    startsAt: knownAt,
    startsAtKorea: koreanTime(knownAt),
    dueAtKorea: koreanTime(duty.dueAt),
  }));
}
