import type { Worker } from "../worker.ts";
import type { ChangeSource } from "./change.ts";

/** How a tool proves itself at the token server. `secret` is the legacy tier: 180 days, then it is dead. */
export type ToolTier = "key" | "certificate" | "secret";

export type ToolStatus = "applied" | "approved" | "suspended";

/** A name in both languages of the consent page. */
export interface ToolName {
  readonly ko: string;
  readonly en: string;
}

/** A client certificate (RFC 8705): its SHA-256 thumbprint in base64url, or the subject a trusted authority signed. */
export interface ToolCertificate {
  readonly thumbprint?: string;
  readonly subject?: string;
}

/** A client secret as it is stored. */
export interface ToolSecret {
  /** SHA-256 of the secret, base64url: it has 256 random bits. */
  readonly hash: string;
  /** UTC milliseconds, exclusive. */
  readonly endsAt: number;
}

/** What whoever builds a tool says of it. */
export interface ToolApplication {
  readonly name: ToolName;
  readonly tier: ToolTier;
  /** Public keys, or their https address: one of them for the tier `key`. */
  readonly jwks?: { readonly keys: readonly object[] } | null;
  readonly jwksUri?: string | null;
  readonly certificate?: ToolCertificate | null;
  /** Exact addresses; https, or http on the loopback in the sandbox. */
  readonly redirectUris: readonly string[];
  /** Addresses and networks the tool calls from, as `createAllowList` takes them. */
  readonly addresses: readonly string[];
  /** Whom to tell. An address of the firm, not of a person. */
  readonly ownerContact: string;
  /** Where events are posted to; https. */
  readonly webhookUrl?: string | null;
}

/** A seller tool (셀러툴), a client of the token server. Moments are UTC milliseconds. */
export interface RegisteredTool extends Required<ToolApplication> {
  readonly toolId: string;
  readonly status: ToolStatus;
  /** Whether it reads made-up buyers only. */
  readonly sandbox: boolean;
  readonly secret: ToolSecret | null;
  readonly appliedAt: number;
  readonly approvedAt: number | null;
  readonly suspendedAt: number | null;
}

/** A tool's new secret, which is shown once. */
export interface MadeSecret {
  readonly tool: RegisteredTool;
  readonly secret: string;
}

/**
 * The registered tools. `find` comes from this node's copy and throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where that is stale.
 * Each change answers `null` where there is no such tool; its `source` is the request it is done by, for the record.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` from what takes an application: names the member and what it takes
 * @source code-2022/tool
 */
export interface Tools {
  find(toolId: string): RegisteredTool | null;
  /** All of them, for the operator's list. */
  list(): readonly RegisteredTool[];
  /** Registers an application: in the sandbox, and nothing else before an operator approved it. */
  apply(application: ToolApplication, by: Worker | null, source?: ChangeSource): Promise<RegisteredTool>;
  /** Lets a tool ask sellers for grants. */
  approve(toolId: string, by: Worker, source?: ChangeSource): Promise<RegisteredTool | null>;
  /** Ends everything the tool may do, within a second, until it is approved again. */
  suspend(toolId: string, by: Worker, why: string, source?: ChangeSource): Promise<RegisteredTool | null>;
  /** Changes what was applied for; what is left out stays. Once a tool was approved, only an operator changes it. */
  change(
    toolId: string,
    changes: Partial<ToolApplication>,
    by: Worker | null,
  ): Promise<RegisteredTool | null>;
  /** Makes a secret for a tool of the tier `secret`, in place of the one before. */
  makeSecret(toolId: string, by: Worker, source?: ChangeSource): Promise<MadeSecret | null>;
}
