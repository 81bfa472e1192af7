import type { AnswerShape } from "@garim/masking";

/** A route open to sellers' tools, as its document tells it. */
export type ToolRoute =
  | RevealedRoute
  | BulkRoute
  | { readonly kind: "receipts"; readonly scope: string }
  | { readonly kind: "metadata" }
  | { readonly kind: "document" };

/** Answers of the host's own form, judged record by record. */
export interface RevealedRoute {
  readonly kind: "reveal";
  readonly scope: string;
  readonly purpose: string;
  readonly shape: AnswerShape;
  /** Whether a header says what is masked, and no member of the records. */
  readonly isSummed: boolean;
}

/** Pages of one kind of record. */
export interface BulkRoute {
  readonly kind: "bulk";
  readonly scope: string;
  readonly purpose: string;
  readonly shape: AnswerShape;
  readonly pageSize: number;
}
