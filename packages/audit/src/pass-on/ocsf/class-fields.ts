import { REASONS } from "@garim/policy";
import type { AccessAction, LogEntry, LoggedAccess } from "../../access.ts";
import type { OcsfClass } from "./activity.ts";
import type { OcsfEntity, OcsfEvent } from "./ocsf-event.ts";
import { actorOf, authFactorOf, endpointOf, requestOf, sessionOf, userOf } from "./people.ts";
import { resourcesOf } from "./resources.ts";

export const LOG_NAME = "access";
export const PROVIDER = "garim";

type Fields = Partial<OcsfEvent>;

/** What each class has besides what all have; its required fields first. */
export const CLASS_FIELDS: Readonly<Record<OcsfClass["uid"], (entry: LogEntry) => Fields>> = Object.freeze({
  1008: ({ access }) => ({
    log_name: LOG_NAME,
    log_provider: PROVIDER,
    actor: actorOf(access),
    src_endpoint: endpointOf(access.origin),
  }),
  2004: (entry) => ({ ...findingOf(entry), ...resourceField(entry.access) }),
  3001: ({ access }) => ({ user: userOf(access.target ?? access.actor), ...personFields(access) }),
  3002: ({ access }) => ({ user: userOf(access.target ?? access.actor), ...authenticationFields(access) }),
  3004: ({ access }) => ({ entity: entityOf(access), ...personFields(access) }),
  6003: ({ access }) => ({
    api: { operation: access.route, service: { name: PROVIDER } },
    ...personFields(access),
    ...resourceField(access),
  }),
});

function personFields(access: LoggedAccess): Fields {
  const request = requestOf(access);
  return {
    actor: actorOf(access),
    src_endpoint: endpointOf(access.origin),
    ...(request === undefined ? {} : { http_request: request }),
  };
}

function authenticationFields(access: LoggedAccess): Fields {
  const { factor } = access;
  const session = sessionOf(access);
  return {
    service: { name: PROVIDER },
    ...personFields(access),
    is_mfa: factor !== null,
    ...(factor === null ? {} : { auth_factors: [authFactorOf(factor)] }),
    ...(session === undefined ? {} : { session }),
  };
}

function resourceField(access: LoggedAccess): Fields {
  const resources = resourcesOf(access);
  return resources.length === 0 ? {} : { resources };
}

const TOOL_ACTIONS: readonly AccessAction[] = [
  "register-tool",
  "approve-tool",
  "change-tool",
  "suspend-tool",
];

/** What is kept on file besides tools: which one it is stands in the detail. */
const DUTY_THINGS: Readonly<Partial<Record<AccessAction, string>>> = {
  "put-flow": "flow",
  "end-flow": "flow",
  "put-course": "course",
  "end-course": "course",
  "complete-course": "course",
  "publish-policy": "privacy-policy",
  "open-request": "request",
  "answer-request": "request",
  "answer-self-check": "self-check",
  "put-schedule": "schedule",
  "end-schedule": "schedule",
  "hold-data": "data-hold",
  "release-data": "data-hold",
  "separate-data": "destruction",
  "destroy-data": "destruction",
  "confirm-data": "destruction",
  "call-destruction": "destruction",
  "open-breach": "leak",
  "change-breach": "leak",
  "write-notice": "leak",
  "send-notice": "leak",
  "post-notice": "leak",
  "close-breach": "leak",
};

/** What was changed. A key, a tool or a grant may be one that the access does not name. */
function entityOf({ action, policy, grant, key, target }: LoggedAccess): OcsfEntity {
  if (action === "change-policy") return { name: "policy", type: "policy", uid: policy.edition };
  if (action === "review") return { name: "review", type: "review" };
  const duty = DUTY_THINGS[action];
  if (duty !== undefined) return { name: duty, type: duty };
  const [type, uid] = thingOf();
  return { name: type, type, ...(uid === undefined ? {} : { uid }) };

  function thingOf(): readonly [type: string, uid: string | undefined] {
    if (action === "rotate-key" || action === "retire-key") return ["key", key];
    return TOOL_ACTIONS.includes(action) ? ["tool", target?.id] : ["grant", grant];
  }
}

function findingOf({ id, access }: LogEntry): Fields {
  const { reason, at, target } = access;
  return {
    finding_info: {
      uid: id,
      title: reason === null ? access.action : REASONS[reason].because.en,
      types: [reason ?? access.action],
      created_time: at,
    },
    evidences: [
      {
        actor: actorOf(access),
        src_endpoint: endpointOf(access.origin),
        ...(target === undefined ? {} : { user: userOf(target) }),
      },
    ],
    is_alert: true,
  };
}
