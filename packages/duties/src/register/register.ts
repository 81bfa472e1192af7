import type { ContractFacts } from "@garim/policy";
import type { Keeper } from "../on-record.ts";

/** The API agreement (API 이용 계약) of marketplace and tool. Moments are UTC milliseconds, the end exclusive. */
export interface Agreement extends ContractFacts {
  readonly toolId: string;
  /** Which text was signed, e.g. `"2026-10"`. */
  readonly version: string;
  /** Where the signed document is kept, e.g. a number of the contract archive; no personal data. */
  readonly document: string;
}

/** Somebody the tool passes data on to (재위탁). */
export interface SubProcessor {
  readonly name: string;
  readonly task: string;
  /** ISO 3166-1 alpha-2; anything but `KR` is a transfer overseas, which has a basis of its own. */
  readonly country: string;
}

/** The outsourcing contract (위탁 계약) of seller and tool. Moments are UTC milliseconds, the end exclusive. */
export interface Contract extends ContractFacts {
  readonly sellerId: string;
  readonly toolId: string;
  /** What the tool does for the seller (위탁 업무), e.g. `"송장 출력"`. */
  readonly tasks: readonly string[];
  readonly subProcessors: readonly SubProcessor[];
  readonly document: string;
}

/** As it is on file: `endedAt` where it was ended before its time; `endsAt` is the earlier of both. */
export type FiledAgreement = Agreement & { readonly endedAt: number | null };
export type FiledContract = Contract & { readonly endedAt: number | null };

/**
 * The register of agreements and contracts. Without an entry here a tool gets no personal data.
 *
 * What is synchronous comes from this node's copy and throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where that was not confirmed
 * within the last second. Every change is on record, and known to every node within a second.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` from what is put on file: names the member and what it takes; whatever the log's
 *   `append` throws. What gives more is recorded first; what ends, ends first.
 * @source toolcode-2022/grant, pipa/26
 */
export interface Register {
  /** The agreement with a tool, also one that is over: `decideGrant` says so. */
  agreement(toolId: string): FiledAgreement | null;
  /** The contract of a seller and a tool, also one that is over. */
  contract(sellerId: string, toolId: string): FiledContract | null;
  /** All agreements, for the operator. */
  agreements(): readonly FiledAgreement[];
  /** All contracts, for the operator. */
  contracts(): readonly FiledContract[];
  /** The contracts of a seller: whom it names in its privacy policy (처리방침의 수탁자). */
  contractsOf(sellerId: string): readonly FiledContract[];
  /** Puts an agreement on file, in place of the one before. */
  putAgreement(agreement: Agreement, keeper: Keeper): Promise<FiledAgreement>;
  /** Puts a contract on file, in place of the one before. */
  putContract(contract: Contract, keeper: Keeper): Promise<FiledContract>;
  /** Ends an agreement now; `null` where there is none. One that is over stays as it was. */
  endAgreement(toolId: string, keeper: Keeper): Promise<FiledAgreement | null>;
  /** Ends a contract now; `null` where there is none. One that is over stays as it was. */
  endContract(sellerId: string, toolId: string, keeper: Keeper): Promise<FiledContract | null>;
}
