import type { Allow, FlowFacts, Refuse } from "@garim/policy";
import type { Keeper } from "../on-record.ts";

/** Who hands data on, or receives it. */
export const PARTY_KINDS = ["marketplace", "seller", "tool", "courier", "other"] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

/** One who hands data on, or receives it. The id `*` stands for every one of its kind; the marketplace's is `marketplace`. */
export interface FlowParty {
  readonly kind: PartyKind;
  readonly id: string;
}

/** An entry of the register: where data goes, as what, and on which grounds. */
export interface Flow extends FlowFacts {
  readonly from: FlowParty;
  readonly to: FlowParty;
}

/** As it is on file; `endedAt` where it was ended before its time. Moments are UTC milliseconds. */
export interface FiledFlow extends Flow {
  readonly filedAt: number;
  readonly endedAt: number | null;
}

/** Which entry: of two parties there is one at most that stays in the country, and one that leaves it. */
export interface FlowName {
  readonly from: FlowParty;
  readonly to: FlowParty;
  readonly isOverseas: boolean;
}

export const MARKETPLACE: FlowParty = Object.freeze({ kind: "marketplace", id: "marketplace" });

/**
 * The register of provisions (제3자 제공), outsourcing (위탁) and transfers overseas (국외 이전). What is not on file, or is not complete,
 * lets no buyer's data pass.
 *
 * What is synchronous comes from this node's copy and throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where that was not confirmed
 * within the last second. Every change is on record, and known to every node within a second.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` from what is put on file: names the member and what it takes; whatever the log's
 *   `append` throws. What gives more is recorded first; what ends, ends first.
 * @source pipa/17, pipa/26, pipa/28-8
 */
export interface Flows {
  /** The entry of exactly these two, else the one for all recipients of the kind, else the one for all senders; also one that is over. */
  find(name: FlowName): FiledFlow | null;
  /** All entries, by their names. */
  list(): readonly FiledFlow[];
  /** Whether data may go from one to the other now; `null` where it may. */
  judge(from: FlowParty, to: FlowParty, now: number): Allow | Refuse;
  /** Whether it may leave the country on that way. */
  judgeOverseas(from: FlowParty, to: FlowParty, now: number): Allow | Refuse;
  /** Puts an entry on file in place of the one before. One that lacks something is kept as a draft is: it lets nothing pass. */
  put(flow: Flow, keeper: Keeper): Promise<FiledFlow>;
  /** Ends an entry now; `null` where there is none. One that is over stays as it was. */
  end(name: FlowName, keeper: Keeper): Promise<FiledFlow | null>;
}
