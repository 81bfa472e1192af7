import type { X509Certificate } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { LedgerStep } from "@garim/auth";
import type { Reason } from "@garim/policy";
import type { Artifacts } from "../store/artifacts.ts";
import type { KeysUnavailable } from "./key-fault.ts";

/*
 * The protocol core is somebody else's certified code behind this port: it speaks OAuth, and decides nothing about sellers' data.
 */

/** How a tool proves who it is, in the words of OAuth. */
export type ClientProof = "private_key_jwt" | "tls_client_auth" | "client_secret_basic";

/** A registered tool, as the core needs it. */
export interface CoreClient {
  readonly id: string;
  readonly proof: ClientProof;
  readonly redirectUris: readonly string[];
  /** Whether it is another API, which asks about tokens and gets none. */
  readonly isResourceServer?: true;
  /** Public keys, or where they are; for `private_key_jwt`. */
  readonly jwks?: { readonly keys: readonly object[] };
  readonly jwksUri?: string;
  /** When the secret ends, UTC milliseconds, exclusive; for `client_secret_basic`. */
  readonly secretEndsAt?: number;
}

/** A token about to leave. `sub` and `grantId` say whose flow it came from; a machine token has neither. */
export interface NewToken {
  readonly id: string;
  readonly toolId: string;
  readonly sellerId: string | null;
  readonly grantId: string | null;
  readonly audience: string;
  readonly scope: string;
  readonly details: readonly object[];
  readonly confirmation: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What must hold in the moment a token is put into the ledger. */
export interface IssueGate {
  readonly step: LedgerStep | null;
  /** @param failed - the place of the condition that did not hold */
  refuse(failed: number): Error;
}

/** A token shown for introspection or revocation, its signature and claims verified. */
export type PresentedToken = NewToken;

/** Why something is not given, in the core's words for the tool: an OAuth error and a reason of the house. */
export interface CoreRefusal {
  readonly kind: "refuse";
  readonly error:
    | "invalid_grant"
    | "invalid_client"
    | "invalid_authorization_details"
    | "invalid_scope"
    | "slow_down";
  /** `null` for a request nobody can read; then it says what is wrong with it. */
  readonly reason: Reason | null;
  readonly description?: string;
}

/** What the core asks of the house. What rejects with an outage is answered 503, and nothing is given. */
export interface CoreHost {
  readonly issuer: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly artifacts: Artifacts;
  /** UTC milliseconds. */
  readonly clock: () => number;
  /** What lies at the address of a tool's keys. Rejects with `KeysUnavailable`. */
  keysAt(address: string): Promise<unknown>;
  /** A tool that may use this server now, from this address where it calls itself. */
  findClient(toolId: string, caller: Caller | null): CoreClient | CoreRefusal;
  isSecret(toolId: string, secret: string): boolean | Promise<boolean>;
  /** The certificate the tool showed; `undefined` without one. */
  certificateOf(req: IncomingMessage): X509Certificate | undefined;
  isCertificate(toolId: string, certificate: X509Certificate): boolean;
  /** Whether the family of a grant lives: made by the seller, neither ended nor revoked. */
  isGrantLive(grantId: string, toolId: string, sellerId: string): Promise<boolean>;
  /** Checks what a tool asks for, before it is asked of anybody. */
  checkDetails(details: readonly object[], toolId: string, isMachine: boolean): CoreRefusal | undefined;
  /** Whether a tool may have a token that gives receipts of destruction and nothing else. */
  judgeReceipts(toolId: string): Promise<CoreRefusal | undefined>;
  /** What of the asked a token names. */
  detailsOf(ask: TokenAsk): DetailsOrRefusal;
  /** Counts a request of a tool that has proved itself. */
  meter(toolId: string, req: IncomingMessage): Promise<Metered>;
  /** Signs a token. It is in the ledger and on record before this resolves; where the gate is shut, neither, and the refusal is thrown. */
  issue(token: NewToken, gate: IssueGate, req: IncomingMessage): Promise<string>;
  present(text: string): Promise<PresentedToken | undefined>;
  /** Whether a client is another API: it may ask about any tool's tokens. */
  isResourceServer(clientId: string): boolean;
  /** What a token gives at this moment, seller by seller; empty where nothing. For APIs that do not know the grants. */
  giveNow(token: Pick<PresentedToken, "toolId" | "sellerId" | "grantId" | "details">): readonly object[];
  /** Ends one token, or all of a grant's family: both on record, with what led to it. */
  revokeToken(id: string, cause: Ending): Promise<void>;
  revokeFamily(grantId: string, cause: Ending): Promise<void>;
  /** Told of each refusal, to record it. @returns what the tool reads besides the OAuth error */
  onRefusal(refusal: Refused): Readonly<Record<string, string>>;
  /** A page for the person whose browser came with a request that cannot be answered to the tool. */
  errorPage(req: IncomingMessage, error: string): { readonly body: string; readonly csp: string };
  /** Where the seller is asked. */
  consentUrl(name: string): string;
}

/** What is left of a tool's budget. */
export interface Metered {
  /** What the tool is told of it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where there is nothing left. */
  readonly refusal: CoreRefusal | undefined;
}

export interface GrantName {
  readonly id: string;
  readonly sellerId: string;
}

/** What a token is asked for. */
export interface TokenAsk {
  readonly toolId: string;
  readonly details: readonly object[];
  /** What the seller's flow was for; `null` for a machine token. */
  readonly within: readonly object[] | null;
  /** The grant of a seller's flow; `null` for a machine token. */
  readonly grant: GrantName | null;
}

export type DetailsOrRefusal = readonly object[] | CoreRefusal;

/** A request of the tool's own, not of the seller's browser. */
export interface Caller {
  readonly req: IncomingMessage;
}

/** What ends tokens. */
export interface Ending {
  readonly req: IncomingMessage | null;
  readonly toolId: string | null;
  /** `asked`: the tool wants it; `reused`: what is used once was used again, so somebody else may have it. */
  readonly why: "asked" | "reused";
}

export interface Refused {
  readonly req: IncomingMessage;
  readonly toolId: string | null;
  /** The OAuth error. */
  readonly error: string;
  readonly status: number;
  /** The reason of the house, where there is one. */
  readonly reason: Reason | null;
  /** Why the tool's keys could not be used, where it is that. */
  readonly keys: KeysUnavailable | undefined;
  readonly cause: unknown;
}

/** A consent that is asked for. */
export interface Pending {
  /** What is asked for, already checked. */
  readonly name: string;
  readonly toolId: string;
  readonly details: readonly object[];
  readonly scope: string;
  readonly redirectUri: string;
  readonly languages: string | undefined;
}

/** What the seller decided: the grant that was made, or that there is none. */
export type Decision = Consented | null;

export interface Consented {
  readonly toolId: string;
  readonly sellerId: string;
  readonly grantId: string;
  readonly scope: string;
  /** UTC milliseconds, exclusive. */
  readonly endsAt: number;
}

/** Speaks OAuth on requests to the server's own paths. */
export interface Core {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** The consent a request's cookie belongs to; `undefined` where it was decided, ran out or is somebody else's. */
  pending(req: IncomingMessage, res: ServerResponse): Promise<Pending | undefined>;
  /** Stores a decision. @returns where the browser goes on */
  decide(req: IncomingMessage, res: ServerResponse, decision: Decision): Promise<string>;
}
