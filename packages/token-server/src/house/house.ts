import type { CoreHost } from "../core/core.ts";
import type { Artifacts } from "../store/artifacts.ts";
import { callerOf } from "./caller.ts";
import { readCertificate } from "./certificate.ts";
import { findClient, isCertificate, isSecret } from "./clients.ts";
import type { Desk } from "./desk.ts";
import { checkDetails, detailsOf } from "./details.ts";
import { recordEnding } from "./ending.ts";
import { decideBy } from "./grant-facts.ts";
import { issueToken } from "./issue.ts";
import { createPresented } from "./presented.ts";
import { judgeReceipts } from "./receipts.ts";
import { type Logger, recordRefusal } from "./refusal-record.ts";
import { apiClient, giveNow, type KnownApi } from "./resource-servers.ts";

export interface HouseOptions {
  readonly desk: Desk;
  readonly artifacts: Artifacts;
  readonly scopes: readonly string[];
  readonly keysAt: CoreHost["keysAt"];
  readonly resourceServers: readonly KnownApi[];
  readonly certificateHeader: string | null;
  readonly logger: Logger;
  readonly meter: CoreHost["meter"];
  readonly errorPage: CoreHost["errorPage"];
}

/** What the protocol core asks of the house: who a tool is, what it may ask for, and the making of tokens. */
export function createHouse(options: HouseOptions): CoreHost {
  const { desk, artifacts, scopes, keysAt, certificateHeader, logger, errorPage, meter } = options;
  const { issuer, audience, clock } = desk;
  const apis = new Map(options.resourceServers.map((api) => [api.id, api]));
  return {
    issuer,
    audience,
    scopes,
    artifacts,
    clock,
    keysAt,
    errorPage,
    meter,
    findClient(clientId, caller) {
      const address = caller && callerOf(caller.req).origin.ip;
      const api = apis.get(clientId);
      return api === undefined ? findClient(clientId, address, desk) : apiClient(api, address);
    },
    isResourceServer: (clientId) => apis.has(clientId),
    giveNow: (token) => giveNow(token, desk),
    isSecret: (toolId, secret) => isSecret(toolId, secret, desk),
    certificateOf: (req) => readCertificate(req, certificateHeader),
    isCertificate: (toolId, certificate) => isCertificate(toolId, certificate, desk),
    isGrantLive: (grantId, toolId, sellerId) => isGrantLive(grantId, toolId, sellerId, desk),
    checkDetails: (details, toolId, isMachine) => checkDetails(details, toolId, isMachine, desk),
    judgeReceipts: (toolId) => judgeReceipts(toolId, desk),
    detailsOf: (ask) => detailsOf(ask, desk),
    issue: (token, gate, req) => issueToken(token, gate, callerOf(req), desk),
    present: createPresented(desk),
    async revokeToken(id, ending) {
      await desk.issued.revoke({ id });
      await recordEnding({ token: id }, ending, desk);
    },
    async revokeFamily(grantId, ending) {
      // The artifacts first: what is being issued holds its grant there until it stands in the ledger.
      await artifacts.removeFamily(grantId);
      await desk.issued.revoke({ grantId });
      await recordEnding({ grantId }, ending, desk);
      if (ending.why === "reused")
        logger.warn({ toolId: ending.toolId, grant: grantId }, "garim: a code or refresh token came again");
    },
    onRefusal: (refused) => recordRefusal(refused, desk, logger),
    consentUrl: (name) => `${issuer}/consent/${name}`,
  };
}

/** Whether a grant is the one that stands, now. It may have been made on another node a moment ago. */
async function isGrantLive(grantId: string, toolId: string, sellerId: string, desk: Desk): Promise<boolean> {
  if (desk.grants.find(toolId, sellerId)?.id !== grantId) await desk.refresh();
  const grant = desk.grants.find(toolId, sellerId);
  if (grant?.id !== grantId) return false;
  const purpose = grant.purposes[0] ?? "";
  return decideBy(grant, { ...grant, purpose }, desk).kind === "granted";
}
