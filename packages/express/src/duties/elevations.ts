import type { Elevation, ElevationInput, ElevationName } from "@garim/duties";
import { decideLending, type Refuse, type StaffIdentity } from "@garim/policy";
import type { Request, RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import { refuseInput, type WorkerPassage } from "../privacy/worker.ts";
import { isAccountId } from "../staff.ts";
import type { Settings } from "../start/settings.ts";
import { type DutyPlace, dutyEndpoint, sellerOf } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { pageOf } from "./page.ts";

/** `GET /elevations`: who asked for roles for a time, what waits, what is lent; the newest first. */
export function listElevations(ground: DutyGround, settings: Settings): RequestHandler {
  const who = ["owner", "operator", "auditor"] as const;
  return dutyEndpoint(
    { action: "approve-elevation", who, isChange: false },
    ground,
    settings,
    async (...at) => {
      const [{ req, res }, { identity }] = at;
      const all = ground.desk.elevations.list(settings.clock(), sellerOf(req, identity));
      const { entries, next } = pageOf(all, req, (one) => [-one.askedAt, one.sellerId, one.staffId]);
      sendAnswer(res, jsonAnswer(200, { elevations: entries, next }));
      return undefined;
    },
  );
}

/** `GET /my-elevation`: one's own, `null` where there was none; and what may be asked for. */
export function tellOwnElevation(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "ask-elevation", who: ["staff"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ res }, { identity }) => {
    const { sellerId, staffId } = identity as StaffIdentity;
    const elevation = ground.desk.elevations.of(sellerId, staffId, settings.clock());
    const { elevationHours } = settings.policy;
    sendAnswer(res, jsonAnswer(200, { elevation, mostHours: elevationHours, roles: listLent(settings) }));
    return undefined;
  });
}

/** `POST /my-elevation`: asks for roles for a time: `{ roles, hours, why }`. */
export function askElevation(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "ask-elevation", who: ["staff"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, async ({ req, res }, { identity, keeper }) => {
    const { sellerId, staffId } = identity as StaffIdentity;
    const given = { ...membersOf(req), sellerId, staffId } as unknown as ElevationInput;
    const asked = await ground.desk.elevations.ask(given, keeper);
    if ("kind" in asked) return asked;
    sendAnswer(res, jsonAnswer(201, asked));
    return undefined;
  });
}

/** `POST /elevations/:staffId/approval`: another who manages the seller's staff, or an operator with `?seller=`, agrees to `{ id }`. */
export function approveElevation(ground: DutyGround, settings: Settings): RequestHandler {
  const who = ["owner", "operator"] as const;
  const purpose = { action: "approve-elevation", who, isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, (passage, place) =>
    deal(passage, place, (name) => ground.desk.elevations.approve(name, place.keeper)),
  );
}

/** `DELETE /elevations/:staffId`: declines or ends `{ id }`. */
export function endElevation(ground: DutyGround, settings: Settings): RequestHandler {
  const who = ["owner", "operator"] as const;
  const purpose = { action: "end-elevation", who, isChange: true } as const;
  return dutyEndpoint(purpose, ground, settings, (passage, place) =>
    deal(passage, place, (name) => ground.desk.elevations.end(name, place.keeper)),
  );
}

/** `DELETE /my-elevation`: withdraws or ends one's own `{ id }`. */
export function endOwnElevation(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { action: "end-elevation", who: ["staff"], isChange: false } as const;
  return dutyEndpoint(purpose, ground, settings, (passage, place) => {
    const { staffId } = place.identity as StaffIdentity;
    return deal(passage, place, (name) => ground.desk.elevations.end(name, place.keeper), staffId);
  });
}

async function deal(
  passage: WorkerPassage,
  { identity }: DutyPlace,
  act: (name: ElevationName) => Promise<Elevation | Refuse>,
  own?: string,
): Promise<Refuse | undefined> {
  const name = readName(passage.req, sellerOf(passage.req, identity), own);
  if (name === undefined) return refuseInput(passage, "elevation-unknown");
  const dealt = await act(name);
  if ("kind" in dealt) return dealt;
  sendAnswer(passage.res, jsonAnswer(200, dealt));
  return undefined;
}

function readName(req: Request, sellerId: string | undefined, own?: string): ElevationName | undefined {
  const { id } = membersOf(req);
  const staffId = own ?? req.params["staffId"];
  return isAccountId(sellerId) && isAccountId(staffId) && typeof id === "string"
    ? { sellerId, staffId, id }
    : undefined;
}

/** Roles that may be asked for: those that are lent at all. */
function listLent({ policy }: Settings): readonly string[] {
  return Object.keys(policy.edition.roles).filter((role) => decideLending([role], policy).kind === "allow");
}
