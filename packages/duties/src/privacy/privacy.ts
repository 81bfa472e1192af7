import type { Allow, PrivacySection, PrivacySections, Refuse } from "@garim/policy";
import type { Keeper } from "../on-record.ts";
import type { KeyPage, PageAsked } from "../paging/page-by-key.ts";

/** A seller's privacy policy (개인정보 처리방침), in Korean. */
export interface PrivacyDocument {
  readonly sellerId: string;
  /** The name of the shop. */
  readonly title: string;
  readonly sections: PrivacySections;
}

/** As it was published. */
export interface PublishedPrivacy extends PrivacyDocument {
  /** 1, 2, 3 … of this seller. */
  readonly version: number;
  /** UTC milliseconds. */
  readonly publishedAt: number;
  /** Of the text as it is stored; it stands in the record of the publication. */
  readonly sha256: string;
}

/** One version, without its text. */
export type PrivacyVersion = Pick<PublishedPrivacy, "version" | "publishedAt" | "sha256">;

/** A page of a seller's versions, newest first. */
export type PrivacyVersionPage = KeyPage<PrivacyVersion>;

/** A version of some seller's policy, without its text. */
export interface SellerVersion extends PrivacyVersion {
  readonly sellerId: string;
}

/** A line of a section, and whether the later version has it. */
export interface DiffLine {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** What of a section is another. */
export interface SectionDiff {
  readonly section: PrivacySection;
  readonly lines: readonly DiffLine[];
}

/**
 * Sellers' privacy policies: published, never changed, with all their versions.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` from what is no policy; `ERR_GARIM_STATE_UNAVAILABLE`; what the log's `append` throws
 * @source code-2022/privacy-policy
 */
export interface PrivacyPolicies {
  /** Publishes a version, on record first. The same text again is the version that is there. @returns why not, where it lacks something */
  publish(document: PrivacyDocument, keeper: Keeper): Promise<PublishedPrivacy | Refuse>;
  /** A version; the newest if none is named; `null` where there is none. */
  find(sellerId: string, version?: number): Promise<PublishedPrivacy | null>;
  /** The versions of a seller, newest first. */
  history(sellerId: string, asked?: PageAsked): Promise<PrivacyVersionPage>;
  /** Every version of every seller, by seller and version. */
  list(asked?: PageAsked): Promise<KeyPage<SellerVersion>>;
  /** Whether the staff of a seller may see buyers' data, as far as its policy goes. */
  judge(sellerId: string, now: number): Promise<Allow | Refuse>;
}
