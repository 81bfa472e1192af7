import type { ToolEvent } from "@garim/auth";
import type { OtherIssuer } from "./other-issuer.ts";

/** What the marketplace opens to sellers' tools (셀러툴), and how it guards that. */
export interface ToolOptions {
  /** The `iss` of the tokens, exactly: where the token server is mounted, as clients know it. */
  readonly issuer: string;
  /** Issuers of others whose tokens are taken, too. Default: none. */
  readonly issuers?: readonly OtherIssuer[];
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
  /** The sandbox, where whoever builds a tool tries it on made-up buyers before it is approved. Default: there is none. */
  readonly sandbox?: SandboxOptions;
  /** Tells an order that exists for nobody: whoever reads it is looking around. */
  readonly isCanary?: (line: string, sellerId: string) => boolean;
  /**
   * Tells of tools that read many buyers' data when nobody is at work; `false` for never. Default: 200 buyers between midnight and six
   * o'clock in Korea.
   */
  readonly offHours?: Partial<OffHours> | false;
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

/**
 * The made-up sellers: the only ones a tool in the sandbox reads, by a grant and without a contract, and nobody else does. What is read
 * of them is made up too, by `madeUpOrders` or by you.
 */
export interface SandboxOptions {
  /** Ids that no real seller has. Each of them has granted a tool everything from when it applies at the token server. */
  readonly sellers: readonly string[];
  /** More of them, who granted and revoked: so a tool sees how that is told. Default: none. */
  readonly revoked?: readonly string[];
  /** What they grant it for, as routes say it. Default: `["fulfilment"]`. */
  readonly purposes?: readonly string[];
}

/** When nobody is at work, and how much is too much then. */
export interface OffHours {
  /** Whole hours of the day in Korea, 0 to 23, inclusive; */
  readonly from: number;
  /** and the end, exclusive. An end before the beginning is of the next day. */
  readonly to: number;
  /** Different data subjects whose data one tool reads clear in one night, at one node. */
  readonly subjects: number;
}

/** How much is read at most, over all nodes. */
export interface ToolBudgets {
  /** Requests a minute by one key or certificate of a tool, */
  readonly keyRequests: number;
  /** by one tool, */
  readonly toolRequests: number;
  /** from one address; */
  readonly addressRequests: number;
  /** answers a minute with lines of one seller, to all tools together. */
  readonly sellerRequests: number;
  /** Requests to the token server a minute by one tool that has proved itself, */
  readonly toolTokens: number;
  /** from one address. */
  readonly addressTokens: number;
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
  | "off-hours"
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
  /** The id of the key that signed the token; `null` where there was none yet. */
  readonly keyId: string | null;
  /** The budget that was used up; what else there is to say. */
  readonly what: string;
}
