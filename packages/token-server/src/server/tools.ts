import { type ChangeSource, checkKeySet, type RegisteredTool, type ToolApplication } from "@garim/auth";
import type { Person, PersonAnswer, ToolServerGround } from "@garim/express";
import { GarimError, isGarimError, type Refuse } from "@garim/policy";
import { json, type Request, type RequestHandler, type Response } from "express";
import { fetchKeys } from "../core/fetch-keys.ts";
import { KeysUnavailable } from "../core/key-fault.ts";
import { callerOf } from "../house/caller.ts";
import type { Desk } from "../house/desk.ts";
import { grantSandbox } from "../house/sandbox-grants.ts";
import type { TokenServerSettings } from "./options.ts";
import { createPace } from "./pace.ts";
import { isOutage } from "./parts.ts";

/** A key set of some keys. */
const LARGEST_APPLICATION = "64kb";

/** `POST /tools`: whoever builds a tool applies. It is in the sandbox until the marketplace's operator approves it. */
export function applyForTool(
  desk: Desk,
  { mostApplications: most, dangerouslyAllowPrivateJwks: isPrivateAllowed }: TokenServerSettings,
): readonly RequestHandler[] {
  const pace = createPace(desk.clock);
  const apply: RequestHandler = async (req, res) => {
    try {
      await desk.ready();
      const address = req.ip ?? "unknown";
      if (!pace.mayGo(address)) {
        sendJson(res, 429, TOO_OFTEN, { "Retry-After": "3600" });
        return;
      }
      const waiting = desk.tools.list().filter(({ status }) => status === "applied");
      if (waiting.length >= most) sendJson(res, 503, TOO_MANY, { "Retry-After": "3600" });
      else {
        const source = sourceOf(req);
        const application = applicationOf(req);
        // Keys that are asked for count, also where they cannot be had: nobody has this server call others for them.
        if (isAddress(application.jwksUri)) pace.count(address);
        await checkKeysAt(application, isPrivateAllowed);
        const tool = await desk.tools.apply(application, null, source);
        await grantSandbox(tool.toolId, source, desk);
        if (!isAddress(application.jwksUri)) pace.count(address);
        sendJson(res, 201, { ...viewTool(tool), sandboxSellers: desk.sandbox.sellers });
      }
    } catch (error) {
      sendJson(res, statusOf(error), problemOf(error));
    }
  };
  return [json({ limit: LARGEST_APPLICATION, strict: true }), apply];
}

/** Where a tool's keys lie they are looked at now: whoever applies hears what is wrong, and not their first seller. */
async function checkKeysAt({ jwksUri }: ToolApplication, isPrivateAllowed: boolean): Promise<void> {
  // What is no address is refused where the application is read.
  if (isAddress(jwksUri)) checkKeySet(await fetchKeys(jwksUri, isPrivateAllowed));
}

function isAddress(text: unknown): text is string {
  return typeof text === "string" && URL.canParse(text) && /^https?:/.test(text);
}

/** Nobody is logged in: whoever builds a tool has no account here. */
function sourceOf(req: Request): ChangeSource {
  return { ...callerOf(req), session: null };
}

const TOO_OFTEN = {
  error: "slow_down",
  error_description: "too many applications from this address; try again in an hour",
};

const TOO_MANY = {
  error: "temporarily_unavailable",
  error_description: "too many applications wait for approval; try again later, or write to the marketplace",
};

function statusOf(error: unknown): number {
  if (isOutage(error)) return 503;
  return isGarimError(error) || error instanceof KeysUnavailable ? 400 : 500;
}

/** Garim's own messages name the member and what it takes. */
function problemOf(error: unknown): object {
  if (error instanceof KeysUnavailable)
    return {
      error: "invalid_client_metadata",
      error_description: `The keys could not be had: ${error.message}`,
    };
  if (isOutage(error) || !isGarimError(error)) return { error: "server_error" };
  return { error: "invalid_client_metadata", error_description: error.message };
}

/** Nothing but what an application has: a tool does not approve itself. */
function applicationOf({ body }: Request): ToolApplication {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new GarimError("ERR_GARIM_OPTION_INVALID", "An application is a JSON object");
  const { name, tier, jwks, jwksUri, certificate, redirectUris, addresses, ownerContact, webhookUrl } = body;
  const keys = { jwks: jwks ?? null, jwksUri: jwksUri ?? null, certificate: certificate ?? null };
  return {
    name,
    tier: tier ?? "key",
    ...keys,
    redirectUris: redirectUris ?? [],
    addresses: addresses ?? [],
    ownerContact,
    webhookUrl: webhookUrl ?? null,
  };
}

/** `GET /tools`: all of them, for the operator. */
export function listTools(desk: Desk, ground: ToolServerGround): RequestHandler {
  return ground.endpoint({ action: "change-tool", who: "operator" }, async () =>
    answer(200, { tools: desk.tools.list().map(viewTool) }),
  );
}

type Deed = "approval" | "suspension" | "secret";

const ACTIONS = { approval: "approve-tool", suspension: "suspend-tool", secret: "change-tool" } as const;

/** `POST /tools/:toolId/approval`, `/suspension`, `/secret`: the operator's. */
export function changeTool(deed: Deed, desk: Desk, ground: ToolServerGround): readonly RequestHandler[] {
  const change = ground.endpoint({ action: ACTIONS[deed], who: "operator" }, (person) =>
    doDeed(deed, String(person.req.params["toolId"]), person, desk),
  );
  return [json({ limit: "4kb" }), change];
}

async function doDeed(
  deed: Deed,
  toolId: string,
  person: Person,
  desk: Desk,
): Promise<PersonAnswer | Refuse> {
  const { worker, req, source } = person;
  switch (deed) {
    case "approval":
      return told(await desk.tools.approve(toolId, worker, source));
    case "suspension": {
      const { why } = (req.body ?? {}) as { readonly why?: unknown };
      const text = typeof why === "string" ? why.slice(0, 200) : "";
      const tool = await desk.tools.suspend(toolId, worker, text, source);
      if (tool !== null) await desk.issued.revoke({ toolId });
      return told(tool);
    }
    case "secret": {
      const made = await desk.tools.makeSecret(toolId, worker, source);
      return made === null ? told(null) : answer(201, { ...viewTool(made.tool), clientSecret: made.secret });
    }
  }
}

function told(tool: RegisteredTool | null): PersonAnswer {
  return tool === null ? answer(404, { error: "unknown_tool" }) : answer(200, viewTool(tool));
}

/** A tool as it is told: without what a secret is compared with. */
function viewTool({ secret, ...tool }: RegisteredTool): object {
  return { ...tool, secretEndsAt: secret === null ? null : new Date(secret.endsAt).toISOString() };
}

function answer(status: number, value: object): PersonAnswer {
  return { status, contentType: "application/json; charset=utf-8", body: JSON.stringify(value) };
}

function sendJson(res: Response, status: number, value: object, headers: Record<string, string> = {}): void {
  res.set({ "Cache-Control": "no-store", ...headers });
  res.status(status).json(value);
}
