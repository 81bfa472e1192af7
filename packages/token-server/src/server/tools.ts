import { type ChangeSource, checkKeySet, type RegisteredTool, type ToolApplication } from "@garim/auth";
import type { Person, PersonAnswer, ToolServerGround } from "@garim/express";
import { GarimError, isGarimError, type Reason, type Refuse } from "@garim/policy";
import { json, type Request, type RequestHandler, type Response } from "express";
import { fetchKeys } from "../core/fetch-keys.ts";
import { KeysUnavailable } from "../core/key-fault.ts";
import { callerOf } from "../house/caller.ts";
import type { Desk } from "../house/desk.ts";
import { recordRefusal } from "../house/refusal-record.ts";
import { grantSandbox } from "../house/sandbox-grants.ts";
import type { TokenServerSettings } from "./options.ts";
import { createPace } from "./pace.ts";
import { isOutage } from "./parts.ts";

/** A key set of some keys. */
const LARGEST_APPLICATION = "64kb";

/** `POST /tools`: whoever builds a tool applies. It is in the sandbox until the marketplace's operator approves it. */
export function applyForTool(
  desk: Desk,
  { logger }: ToolServerGround,
  { mostApplications: most, dangerouslyAllowPrivateJwks: isPrivateAllowed }: TokenServerSettings,
): readonly RequestHandler[] {
  const pace = createPace(desk.clock);
  /** As every refusal of this server: on record, and with what lifts it. */
  function refuseTo(req: Request, res: Response, refusal: ApplicationRefusal): void {
    const { status, error, reason, text, cause, retrySeconds } = refusal;
    const more = recordRefusal(
      { req, toolId: null, error, status, reason, keys: undefined, cause },
      desk,
      logger,
    );
    const said = text === undefined ? {} : { error_description: text };
    const wait: Record<string, string> =
      retrySeconds === undefined ? {} : { "Retry-After": String(retrySeconds) };
    sendJson(res, status, { error, ...said, ...more }, wait);
  }
  const apply: RequestHandler = async (req, res) => {
    try {
      await desk.ready();
      const address = req.ip ?? "unknown";
      if (!pace.mayGo(address)) {
        refuseTo(req, res, TOO_OFTEN);
        return;
      }
      const waiting = desk.tools.list().filter(({ status }) => status === "applied");
      if (waiting.length >= most) refuseTo(req, res, TOO_MANY);
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
      refuseTo(req, res, refusalOf(error));
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

/** Why an application is not taken. */
interface ApplicationRefusal {
  readonly status: number;
  readonly error: string;
  readonly reason: Reason;
  readonly text?: string;
  readonly cause?: unknown;
  readonly retrySeconds?: number;
}

const TOO_OFTEN: ApplicationRefusal = {
  status: 429,
  error: "slow_down",
  reason: "budget-requests",
  text: "too many applications from this address; try again in an hour",
  retrySeconds: 3_600,
};

const TOO_MANY: ApplicationRefusal = {
  status: 503,
  error: "temporarily_unavailable",
  reason: "unavailable",
  text: "too many applications wait for approval; try again later, or write to the marketplace",
  retrySeconds: 3_600,
};

/** Garim's own messages name the member and what it takes. */
function refusalOf(cause: unknown): ApplicationRefusal {
  if (isOutage(cause))
    return { status: 503, error: "temporarily_unavailable", reason: "unavailable", cause, retrySeconds: 5 };
  const wrong = { status: 400, error: "invalid_client_metadata", reason: "request-invalid", cause } as const;
  if (cause instanceof KeysUnavailable)
    return { ...wrong, text: `The keys could not be had: ${cause.message}` };
  if (isGarimError(cause)) return { ...wrong, text: cause.message };
  return { status: 500, error: "server_error", reason: "unavailable", cause };
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

type Deed = "approval" | "suspension" | "secret" | "webhook-secret";

const ACTIONS = {
  approval: "approve-tool",
  suspension: "suspend-tool",
  secret: "change-tool",
  "webhook-secret": "change-tool",
} as const;

/** `POST /tools/:toolId/approval`, `/suspension`, `/secret`, `/webhook-secret`: the operator's. */
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
    case "webhook-secret": {
      const webhookSecret = await desk.makeWebhookSecret(toolId, worker);
      return webhookSecret === null ? told(null) : answer(201, { toolId, webhookSecret });
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
