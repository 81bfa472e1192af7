import {
  type AllowList,
  createAllowList,
  type Follower,
  type IssuedTokens,
  RECEIPTS_SCOPE,
  type RegisteredTool,
  readOrderPii,
  type SenderChecks,
  type TokenVerifier,
  type Tools,
  type VerifiedToken,
} from "@garim/auth";
import { type Reason, type Refuse, refuse } from "@garim/policy";
import type { Request } from "express";
import type { KnownIssuer, OtherIssuers } from "./other-token.ts";
import type { ToolRequest, ToolVisitor } from "./visitor.ts";

/** What tells tools from who only says so. */
export interface Recognition {
  readonly follower: Follower;
  readonly verifier: TokenVerifier;
  readonly issued: IssuedTokens;
  readonly senders: SenderChecks;
  readonly tools: Tools;
  readonly issuers: OtherIssuers;
}

/**
 * Tells which tool a request is of, and whether anything stands in its way: signature, ledger, sender, registration, address.
 *
 * @returns the tool, with `refusal` where it gets nothing; or why nobody can be told to have sent it
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where ledger, register or store cannot tell
 */
export async function recogniseTool(
  req: Request,
  { sent, trace }: ToolRequest,
  recognition: Recognition,
): Promise<ToolVisitor | Refuse> {
  const { follower, verifier, issued, issuers, tools } = recognition;
  const theirs = issuers.of(sent.text);
  if (theirs !== undefined) return await recogniseOther(req, { sent, trace }, theirs, recognition);
  // A node that was too busy to ask asks now: a request that would be refused for that waits instead. So each time it has waited itself.
  await follower.ready();
  const token = await verifier.verify(sent.text);
  if (token.kind === "refuse") return token;
  const isIssued = await issued.isIssued(token.id);
  await follower.ready();
  const tool = tools.find(token.clientId);
  const asked = readOrderPii(token.claims["authorization_details"]) ?? null;
  // Last of all that waits: what was refused before has not used up the proof.
  const unproven = isIssued ? await recognition.senders.check(token, sent) : refuse("token-not-issued");
  const refusal = unproven ?? findToolRefusal(req, tool) ?? findUse(asked, token);
  const toolId = token.clientId;
  const isProven = unproven === undefined;
  const known = { trace, toolId, token, other: null, tool, asked, senderKey: keyOf(token) };
  return { kind: "tool", ...known, isProven, refusal };
}

/** The same of a token that another issuer made: whether it lives is the issuer's to say, and who its clients are is the host's. */
async function recogniseOther(
  req: Request,
  { sent, trace }: ToolRequest,
  theirs: KnownIssuer,
  { follower, senders, tools }: Recognition,
): Promise<ToolVisitor | Refuse> {
  const token = await theirs.verifier.verify(sent.text);
  if (token.kind === "refuse") return token;
  const toolId = theirs.toolOf(token);
  if (toolId === null) return refuse("tool-unknown");
  const unproven = await senders.check(token, sent);
  const other = theirs.open(sent.text, token, toolId);
  // Who has the token and not its key does not have us ask the issuer.
  if (unproven === undefined) await other.renew();
  await follower.ready();
  const tool = tools.find(toolId);
  const asked = readOrderPii(token.claims["authorization_details"]) ?? null;
  const dead = other.isLive() ? undefined : refuse("token-revoked");
  const refusal = unproven ?? dead ?? findToolRefusal(req, tool) ?? findOtherUse(asked);
  const known = { trace, toolId, token, other, tool, asked, senderKey: keyOf(token) };
  return { kind: "tool", ...known, isProven: unproven === undefined, refusal };
}

function findToolRefusal(req: Request, tool: RegisteredTool | null): Refuse | null {
  const reason = tool === null ? "tool-unknown" : findStatus(tool);
  if (reason !== undefined) return refuse(reason);
  return tool !== null && listOf(tool).has(req.ip) ? null : refuse("tool-address");
}

/** A tool that waits for approval reads the sandbox. */
function findStatus({ status, sandbox }: RegisteredTool): Reason | undefined {
  if (status === "suspended") return "tool-suspended";
  return status === "approved" || sandbox ? undefined : "tool-not-approved";
}

/** A token that names no buyers' data is good for receipts, where it is for them alone. */
function findUse(asked: ToolVisitor["asked"], { claims }: VerifiedToken): Refuse | null {
  return claims["scope"] === RECEIPTS_SCOPE ? null : findOtherUse(asked);
}

function findOtherUse(asked: ToolVisitor["asked"]): Refuse | null {
  return asked === null ? refuse("token-other-use") : null;
}

const LISTS = new WeakMap<RegisteredTool, AllowList>();

/** Made once for each state of a tool. An empty list lets nobody in: tools come from addresses they have registered. */
function listOf(tool: RegisteredTool): AllowList {
  const list = LISTS.get(tool) ?? createAllowList(tool.addresses);
  LISTS.set(tool, list);
  return list;
}

/** Who checked the token's sender knows that one of both is there. */
function keyOf({ claims }: VerifiedToken): string {
  const { jkt, "x5t#S256": certificate } = (claims["cnf"] ?? {}) as Readonly<Record<string, unknown>>;
  return String(jkt ?? certificate);
}
