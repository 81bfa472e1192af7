import type { Worker } from "../worker.ts";

/** A key that signs tools' tokens, without its private half. Moments are UTC milliseconds. */
export interface TokenKey {
  readonly kid: string;
  readonly algorithm: "ES256" | "EdDSA";
  /** Who answers for it: a person or a team. */
  readonly owner: string;
  readonly madeAt: number;
  /** Signs from then on: every node knows it by then. */
  readonly signsFrom: number;
  /** Verifies nothing from then on, exclusive; `null` while it is the newest. */
  readonly endsAt: number | null;
  readonly retiredAt: number | null;
  readonly publicJwk: Readonly<Record<string, unknown>>;
}

/** The key that signs now. */
export interface SigningKey extends TokenKey {
  /** The private JWK; never logged, never sent. */
  readonly privateJwk: Readonly<Record<string, unknown>>;
}

/**
 * The keys that sign tools' tokens. They are in the database, so that every node has them; the private halves are encrypted.
 *
 * What is synchronous throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where this node's copy is stale.
 */
export interface TokenKeys {
  /** All that were made, newest first, retired ones too. */
  list(): readonly TokenKey[];
  /** Makes a key. The one that signed until now verifies ten minutes longer, then it is dead. */
  rotate(request: {
    readonly owner: string;
    readonly by: Worker | null;
    readonly algorithm?: TokenKey["algorithm"];
  }): Promise<TokenKey>;
  /**
   * Ends a key, and destroys its private half. Tokens it signed are dead on every node within a second.
   *
   * @returns the key; `null` where there is none of that id
   */
  retire(kid: string, by: Worker | null, why: string): Promise<TokenKey | null>;
  /** @throws GarimError `ERR_GARIM_KEYS_MISSING` where none signs: rotate one */
  signing(): SigningKey;
  /** Whether a key verifies. */
  isLive(kid: string): boolean;
  /** The public halves of the live keys, a JSON Web Key Set (RFC 7517). */
  publicSet(): { readonly keys: readonly Readonly<Record<string, unknown>>[] };
}
