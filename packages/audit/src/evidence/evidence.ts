import type { Basis, PolicyNumbers, SourceEntry, SourceId } from "@garim/policy";
import type { AccessAction, Actor, Detail, RecordedPolicy } from "../access.ts";
import type { ReviewSeed } from "../review/seed.ts";
import type { ReviewState } from "../review/state.ts";
import type { Verdict } from "../verify/verdict.ts";
import type { EvidenceRule } from "./rules.ts";

/** A number of the rules, as it is in force and as far as it may be moved. */
export interface NumberInForce {
  readonly name: keyof PolicyNumbers;
  readonly value: number;
  readonly default: number;
  readonly least: number;
  readonly most: number;
  /** Who gives the number. */
  readonly basis: Basis;
}

/** A rule with its sources in words and its numbers. */
export interface RuleInForce extends Omit<EvidenceRule, "sources"> {
  readonly sources: readonly (SourceEntry & { readonly id: SourceId })[];
  readonly numbers: readonly NumberInForce[];
}

/** A place in the log and its moment, UTC milliseconds by the database's clock. */
export interface EvidencePlace {
  readonly seq: number;
  readonly at: number;
}

/** A policy that records were decided by, as they themselves say. */
export interface ObservedPolicy extends RecordedPolicy {
  readonly records: number;
  readonly first: EvidencePlace;
  readonly last: EvidencePlace;
}

/** A change of the policy on record. */
export interface PolicyChange extends EvidencePlace {
  readonly actor: Actor;
  readonly detail: Detail;
}

/** One calendar month of Korea. */
export interface MonthCounts {
  readonly month: string;
  readonly records: number;
  /** Answers that showed data. */
  readonly answers: number;
  /** Answers of routes that were only observed: in none of the other counts but `records` and `actions`, and never sampled. */
  readonly observed: number;
  readonly refused: number;
  readonly downloads: number;
  /** By action, then by outcome. */
  readonly actions: readonly {
    readonly action: AccessAction;
    readonly outcome: string;
    readonly count: number;
  }[];
  /** What was noticed by itself (`signal`): somebody who helps themselves, or is not who they say; by reason. */
  readonly signals: readonly { readonly reason: string; readonly count: number }[];
}

/** A sampled record, and its proof. */
export interface ProvenSample extends EvidencePlace {
  readonly id: string;
  readonly actor: Actor;
  readonly action: AccessAction;
  /** The path of its bundle, which `garim verify` checks; `null` where it could not be proven. */
  readonly bundle: string | null;
  /** Why it could not be. */
  readonly why: string | null;
}

/** All that a folder of evidence tells. */
export interface Evidence {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly madeAt: number;
  readonly rules: readonly RuleInForce[];
  readonly policies: readonly ObservedPolicy[];
  readonly changes: readonly PolicyChange[];
  readonly months: readonly MonthCounts[];
  readonly reviews: readonly ReviewState[];
  readonly seed: ReviewSeed;
  readonly samples: readonly ProvenSample[];
  readonly damaged: readonly number[];
  /** Of the first copy outside that shows damage, else of the first; `null` where the log was not verified for it. */
  readonly verdict: Verdict | null;
  /** Of each copy outside that the log was compared with, in the order in which they were given. */
  readonly verdicts: readonly CopyVerdict[];
}

/** What verifying came to against one copy outside. */
export interface CopyVerdict {
  /** Where the copy is; `null` where it was not said. */
  readonly place: string | null;
  readonly verdict: Verdict;
}
