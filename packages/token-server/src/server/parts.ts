import type { Garim, ToolServerGround } from "@garim/express";
import { isGarimError } from "@garim/policy";
import { pagePolicy } from "../consent/html.ts";
import { type Look, readLook } from "../consent/look.ts";
import { failedPage } from "../consent/page.ts";
import type { Core, CoreHost } from "../core/core.ts";
import { fetchKeys } from "../core/fetch-keys.ts";
import { createCore } from "../core/oidc-provider.ts";
import type { Desk } from "../house/desk.ts";
import { createHouse } from "../house/house.ts";
import { languageOf } from "../house/language.ts";
import { rememberFailures } from "../house/remember-failures.ts";
import { type Artifacts, createArtifacts } from "../store/artifacts.ts";
import { migrateArtifacts } from "../store/migration.ts";
import { meterTool } from "./meter.ts";
import type { TokenServerSettings } from "./options.ts";

/** What the server's endpoints work with. */
export interface Parts {
  readonly desk: Desk;
  readonly artifacts: Artifacts;
  readonly core: Core;
  /** How the pages look. */
  readonly look: Look;
}

/** The desk of a Garim, as tokens are issued by it. */
export function deskOf({ tools, log }: Garim, ground: ToolServerGround): Desk {
  const { issuer, audience, grants, issued, keys, register: contracts, follower, events, purges } = tools;
  const { policy, clock, sandbox } = ground;
  const known = { grants, tools: tools.tools, issued, keys, contracts, sandbox };
  const ready = () => follower.ready();
  const makeWebhookSecret: Desk["makeWebhookSecret"] = (toolId, by) => events.makeWebhookSecret(toolId, by);
  const owesReceipts: Desk["owesReceipts"] = async (toolId) =>
    (await purges.owed({ dueBefore: Number.MAX_SAFE_INTEGER, toolId, limit: 1 })).entries.length > 0;
  return {
    issuer,
    audience,
    ...known,
    log,
    policy,
    clock,
    ready,
    refresh: () => follower.refresh(),
    owesReceipts,
    makeWebhookSecret,
  };
}

/** Makes the tables and loads the protocol core: both on first use. */
export async function openParts(
  desk: Desk,
  ground: ToolServerGround,
  settings: TokenServerSettings,
): Promise<Parts> {
  const { database, certificateHeader, logger } = ground;
  const { scopes, dangerouslyAllowPrivateJwks, resourceServers } = settings;
  const keysAt = rememberFailures((address) => fetchKeys(address, dangerouslyAllowPrivateJwks));
  await migrateArtifacts(database);
  // The core reckons by the system's clock, whatever the host gives Garim for one.
  const artifacts = createArtifacts(database, () => Date.now());
  const look = readLook(settings, `${new URL(desk.issuer).pathname.replace(/\/$/, "")}/style.css`);
  const errorPage: CoreHost["errorPage"] = ({ headers }, error) => ({
    body: failedPage(error, languageOf(headers["accept-language"]), look),
    csp: pagePolicy(null, look),
  });
  const meter = meterTool(ground);
  const host = {
    desk,
    artifacts,
    scopes,
    keysAt,
    resourceServers,
    certificateHeader,
    logger,
    meter,
    errorPage,
  };
  return { desk, artifacts, look, core: await createCore(createHouse(host)) };
}

/** Opens once; after a failure, anew with the next request. */
export function openOnce<T>(open: () => Promise<T>): () => Promise<T> {
  let opening: Promise<T> | undefined;
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}

/** A port is out. */
export function isOutage(error: unknown): boolean {
  return isGarimError(error) && OUTAGES.has(error.code);
}

const OUTAGES: ReadonlySet<string> = new Set([
  "ERR_GARIM_STATE_UNAVAILABLE",
  "ERR_GARIM_LOG_UNAVAILABLE",
  "ERR_GARIM_LOG_BUSY",
  "ERR_GARIM_LOG_CLOSED",
  "ERR_GARIM_DATABASE",
]);
