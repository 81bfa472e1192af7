/** What was asked for. */
export type Ask =
  /** A page of a seller's orders, by its staff. */
  | "page"
  /** The same, by a session that was signed out before. */
  | "page-signed-out"
  /** One order of another seller, by its number. */
  | "foreign-order"
  /** Orders of every seller that agreed, by a tool. */
  | "bulk"
  /** A code of the second factor. */
  | "code"
  /** A tool's request whose proof is sent to two nodes. */
  | "proof"
  /** The file behind a link that works once. */
  | "link"
  /** Whatever else: enrolment, sign-out, revocation, confirmation. */
  | "other";

/** One answer as a client has it, whole or broken off. Moments are those of `moment()`. */
export interface Answered {
  readonly ask: Ask;
  readonly node: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** `null` where not even the head came. */
  readonly status: number | null;
  /** Of the answer's head: which record says that it left. */
  readonly record: string | null;
  /** Of the answer's head: by what name a tool's records stand together. */
  readonly trace: string | null;
  readonly retryAfter: string | null;
  /** Whatever came of the body; of a file only how it begins. */
  readonly text: string;
  /** Whose staff asked; `null` for a tool. */
  readonly seller: string | null;
  /** What may be used once only: which code, proof or link this was. */
  readonly once?: string;
  /** Which session asked, by a name of the load maker's own. */
  readonly session?: string;
}

/** Something that was acknowledged to whoever did it: from then on it holds. */
export type Deed =
  | { readonly deed: "confirmed"; readonly order: number; readonly at: number }
  | { readonly deed: "signed-out"; readonly session: string; readonly at: number }
  | { readonly deed: "revoked"; readonly seller: string; readonly at: number }
  /** From the moment it was asked for. */
  | { readonly deed: "granted"; readonly seller: string; readonly at: number };

/** What the load maker tells. */
export type Told =
  | { readonly kind: "answered"; readonly answered: Answered }
  | { readonly kind: "deed"; readonly deed: Deed }
  | { readonly kind: "ready" }
  /** There is nothing more to tell. */
  | { readonly kind: "over" }
  | { readonly kind: "failed"; readonly why: string };
