import type { ToolEvent } from "@garim/auth";

/** What the marketplace opens to sellers' tools (셀러툴), and how it guards that. */
export interface ToolOptions {
  /** The `iss` of the tokens, exactly: where the token server is mounted, as clients know it. */
  readonly issuer: string;
  /** The `aud` of the tokens, exactly: the name of this API, and of nothing else. */
  readonly audience: string;
  /**
   * The address in front of every path of the app as clients know it, without a slash at its end; with what a proxy takes off the path.
   * A proof names the address of its request, and the header `Host` is anybody's. Default: the origin of `audience`.
   */
  readonly publicUrl?: string;
  /**
   * The header in which a proxy that `trust proxy` names puts the client's certificate (RFC 9440, or nginx's escaped PEM). It must drop
   * what clients send under that name. Without it only certificates of this process's own TLS count.
   */
  readonly certificateHeader?: string;
  /** Has every proof hold a nonce of this server: for tools whose clocks are right, and may be asked twice. Default `false`. */
  readonly nonces?: boolean;
  /** Tells the made-up sellers, the only ones a tool in the sandbox reads. They need a grant, and no contract. Default: there are none. */
  readonly isSandboxSeller?: (sellerId: string) => boolean;
  /** Tells an order that exists for nobody: whoever reads it is looking around. */
  readonly isCanary?: (line: string, sellerId: string) => boolean;
  /** What a tool may read in how much time; stricter or wider than the defaults. */
  readonly budgets?: Partial<ToolBudgets>;
  /**
   * Told what happens to grants, tools, keys and secrets, once over all nodes: so that you tell sellers. What it rejects is told again, for
   * three days. Tools with a webhook are told theirs without it.
   */
  readonly onEvent?: (event: ToolEvent) => unknown;
  /** Told of what looks like somebody helping themselves; each is recorded besides. Not waited for. */
  readonly onAlert?: (alert: ToolAlert) => unknown;
}

/** How much is read at most, over all nodes. */
export interface ToolBudgets {
  /** Requests a minute by one key or certificate of a tool, */
  readonly keyRequests: number;
  /** by one tool, */
  readonly toolRequests: number;
  /** from one address. */
  readonly addressRequests: number;
  /** Different data subjects an hour by one key or certificate of a tool, */
  readonly keySubjects: number;
  /** by one tool, */
  readonly toolSubjects: number;
  /** of one seller, by all tools together, */
  readonly sellerSubjects: number;
  /** from one address. */
  readonly addressSubjects: number;
}

export type ToolAlertKind =
  | "token-not-issued"
  | "budget-requests"
  | "budget-subjects"
  | "sequential-ids"
  | "canary-read";

/** What looks like somebody helping themselves. Holds no buyer's data. */
export interface ToolAlert {
  readonly kind: ToolAlertKind;
  /** UTC milliseconds. */
  readonly at: number;
  readonly toolId: string;
  readonly sellerId: string | null;
  /** Where it came from. */
  readonly ip: string;
  /** The id of the key that signed the token. */
  readonly keyId: string;
  /** The budget that was used up; what else there is to say. */
  readonly what: string;
}
