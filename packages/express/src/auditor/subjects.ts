import type { Resolution } from "@garim/audit";
import { SUBJECT_TYPES, type Subject, subject } from "@garim/policy";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { membersOf } from "../privacy/input.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";
import { describeUnknown, queryInvalid } from "./parameters.ts";

const NAMES: readonly string[] = ["pseudonyms", "candidates", "purpose"];

/**
 * `POST /resolve-subject`: whose pseudonyms they are, of candidates that the host's page knows, for a stated purpose. It names a
 * person, so it takes a second factor as fresh as a change of rights.
 */
export function resolveSubject(settings: Settings): RequestHandler {
  return auditorEndpoint(
    { action: "resolve-subject", stepUp: "manage" },
    settings,
    async ({ req, res }, { desk }) => {
      const { resolved, record } = await desk.resolveSubject(readResolution(membersOf(req)));
      const told = resolved.map(({ hex, subject: { type, id } }) => ({ hex, type, id }));
      const answer = jsonAnswer(200, { resolved: told });
      sendAnswer(res, { ...answer, headers: { "Garim-Record": record.id } });
      return undefined;
    },
  );
}

/** What is in the members is told by the desk. */
function readResolution(members: Readonly<Record<string, unknown>>): Resolution {
  const unknown = Object.keys(members).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw queryInvalid(describeUnknown("resolve-subject", unknown, NAMES));
  const { pseudonyms, candidates, purpose } = members;
  const subjects = Array.isArray(candidates) ? candidates.map(readCandidate) : candidates;
  return { pseudonyms, candidates: subjects, purpose } as Resolution;
}

function readCandidate(candidate: unknown): Subject {
  const { type, id } = (candidate ?? {}) as { readonly type?: unknown; readonly id?: unknown };
  const known = SUBJECT_TYPES.find((one) => one === type);
  if (known === undefined || typeof id !== "string")
    throw queryInvalid('Each candidate must be { "type": "buyer" | "phone" | "order", "id": "…" }');
  return subject[known](id);
}
