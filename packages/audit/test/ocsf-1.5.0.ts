/**
 * What OCSF 1.5.0 says of the classes and objects that records are passed on as: which attributes there are, which are required,
 * of which at least one has to be there, and which numbers an enumeration has. Attributes nobody writes are left out of the lists,
 * so that a new one is looked up before it is written.
 *
 * Source: https://schema.ocsf.io/1.5.0/ (classes api_activity, authentication, account_change, entity_management,
 * detection_finding, event_log_actvity; objects by name). Read 2026-11-22 as mcm/typescript-ocsf generated it from the tag v1.5.0
 * of ocsf/ocsf-schema (`src/v1_5`), which does not have the constraints: those are of the files of ocsf/ocsf-schema itself
 * (`events`, `objects`). `activity_id` is required by `events/base_event.json`; that generator fills it in by itself.
 */

export interface Shape {
  readonly required: readonly string[];
  readonly atLeastOne?: readonly string[];
  /** Attributes by name: what an object is, `number`, `text`, `flag`, `json` (anything), or the numbers it may be. */
  readonly attributes: Readonly<Record<string, AttributeType>>;
}

export type AttributeType =
  | "number"
  | "text"
  | "flag"
  | "json"
  | readonly number[]
  | { readonly is: string }
  | { readonly listOf: string };

const SEVERITIES = [0, 1, 2, 3, 4, 5, 6, 99];
const STATUSES = [0, 1, 2, 99];

const BASE: Shape["attributes"] = {
  activity_name: "text",
  category_uid: "number",
  class_name: "text",
  class_uid: "number",
  count: "number",
  end_time: "number",
  message: "text",
  metadata: { is: "metadata" },
  severity_id: SEVERITIES,
  start_time: "number",
  status_code: "text",
  status_detail: "text",
  status_id: STATUSES,
  time: "number",
  type_uid: "number",
  unmapped: "json",
};

const BASE_REQUIRED = [
  "activity_id",
  "category_uid",
  "class_uid",
  "metadata",
  "severity_id",
  "time",
  "type_uid",
];

/** The identity and access management category (3). */
const IAM: Shape["attributes"] = {
  ...BASE,
  actor: { is: "actor" },
  http_request: { is: "http_request" },
  src_endpoint: { is: "network_endpoint" },
};

export const CLASSES: Readonly<Record<number, Shape & { readonly name: string }>> = {
  1008: {
    name: "Event Log Activity",
    required: BASE_REQUIRED,
    atLeastOne: ["log_file", "log_name", "log_provider"],
    attributes: {
      ...BASE,
      activity_id: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99],
      actor: { is: "actor" },
      log_name: "text",
      log_provider: "text",
      src_endpoint: { is: "network_endpoint" },
    },
  },
  2004: {
    name: "Detection Finding",
    required: [...BASE_REQUIRED, "finding_info"],
    attributes: {
      ...BASE,
      activity_id: [0, 1, 2, 3, 99],
      evidences: { listOf: "evidences" },
      finding_info: { is: "finding_info" },
      is_alert: "flag",
      resources: { listOf: "resource_details" },
      status_id: [0, 1, 2, 3, 4, 5, 99],
    },
  },
  3001: {
    name: "Account Change",
    required: [...BASE_REQUIRED, "user"],
    attributes: {
      ...IAM,
      activity_id: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 99],
      user: { is: "user" },
    },
  },
  3002: {
    name: "Authentication",
    required: [...BASE_REQUIRED, "user"],
    atLeastOne: ["service", "dst_endpoint"],
    attributes: {
      ...IAM,
      activity_id: [0, 1, 2, 3, 4, 5, 6, 99],
      auth_factors: { listOf: "auth_factor" },
      is_mfa: "flag",
      service: { is: "service" },
      session: { is: "session" },
      user: { is: "user" },
    },
  },
  3004: {
    name: "Entity Management",
    required: [...BASE_REQUIRED, "entity"],
    attributes: {
      ...IAM,
      activity_id: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 99],
      entity: { is: "managed_entity" },
    },
  },
  6003: {
    name: "API Activity",
    required: [...BASE_REQUIRED, "actor", "api", "src_endpoint"],
    attributes: {
      ...BASE,
      activity_id: [0, 1, 2, 3, 4, 99],
      actor: { is: "actor" },
      api: { is: "api" },
      http_request: { is: "http_request" },
      resources: { listOf: "resource_details" },
      src_endpoint: { is: "network_endpoint" },
    },
  },
};

const OBJECTS: Readonly<Record<string, Shape>> = {
  actor: {
    required: [],
    atLeastOne: ["process", "user", "invoked_by", "session", "app_name", "app_uid"],
    attributes: { session: { is: "session" }, user: { is: "user" } },
  },
  api: { required: ["operation"], attributes: { operation: "text", service: { is: "service" } } },
  auth_factor: {
    required: ["factor_type_id"],
    attributes: { factor_type: "text", factor_type_id: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99] },
  },
  evidences: {
    required: [],
    atLeastOne: ["actor", "src_endpoint", "user"],
    attributes: { actor: { is: "actor" }, src_endpoint: { is: "network_endpoint" }, user: { is: "user" } },
  },
  finding_info: {
    required: ["uid"],
    attributes: { created_time: "number", title: "text", types: "json", uid: "text" },
  },
  http_request: { required: [], attributes: { http_method: "text", user_agent: "text" } },
  managed_entity: {
    required: [],
    atLeastOne: ["name", "uid"],
    attributes: { name: "text", type: "text", uid: "text" },
  },
  metadata: {
    required: ["product", "version"],
    attributes: {
      event_code: "text",
      log_name: "text",
      log_provider: "text",
      logged_time: "number",
      product: { is: "product" },
      sequence: "number",
      uid: "text",
      version: "text",
    },
  },
  network_endpoint: {
    required: [],
    atLeastOne: [
      "ip",
      "uid",
      "name",
      "hostname",
      "svc_name",
      "instance_uid",
      "interface_uid",
      "interface_name",
    ],
    attributes: { ip: "text", name: "text" },
  },
  organization: { required: [], atLeastOne: ["name", "uid"], attributes: { uid: "text" } },
  product: { required: [], atLeastOne: ["name", "uid"], attributes: { name: "text", vendor_name: "text" } },
  resource_details: {
    required: [],
    atLeastOne: ["name", "uid"],
    attributes: { labels: "json", namespace: "text", type: "text", uid: "text" },
  },
  service: { required: [], atLeastOne: ["name", "uid"], attributes: { name: "text" } },
  session: { required: [], attributes: { is_mfa: "flag", uid: "text" } },
  user: {
    required: [],
    atLeastOne: ["account", "name", "uid"],
    attributes: { org: { is: "organization" }, type: "text", type_id: [0, 1, 2, 3, 99], uid: "text" },
  },
};

/** Captions of `activity_id`; of 99, Other, the source says itself what it was. */
export const CAPTIONS: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  1008: { 2: "Delete", 3: "Export" },
  2004: { 1: "Create" },
  3001: {
    2: "Enable",
    5: "Disable",
    9: "Lock",
    10: "MFA Factor Enable",
    11: "MFA Factor Disable",
    12: "Unlock",
  },
  3002: { 1: "Logon", 2: "Logoff" },
  3004: { 1: "Create", 3: "Update", 4: "Delete", 8: "Enable", 9: "Disable" },
  6003: { 2: "Read" },
};

type Fields = Readonly<Record<string, unknown>>;

/** @returns one line a fault, with the path of what is wrong; empty where the event is as OCSF has it */
export function findFaults(event: unknown): readonly string[] {
  const { class_uid: uid } = event as { class_uid: number };
  const shape = CLASSES[uid];
  return shape === undefined ? [`class_uid ${uid} is not known`] : faultsOf(event as Fields, shape, "");
}

function faultsOf(fields: Fields, shape: Shape, path: string): readonly string[] {
  const { required, atLeastOne = [], attributes } = shape;
  return [
    ...required.filter((name) => fields[name] === undefined).map((name) => `${path}${name} is missing`),
    ...(atLeastOne.length === 0 || atLeastOne.some((name) => fields[name] !== undefined)
      ? []
      : [`${path} has none of ${atLeastOne.join(", ")}`]),
    ...Object.entries(fields).flatMap(([name, value]) => faultOf(value, attributes[name], `${path}${name}`)),
  ];
}

function faultOf(value: unknown, type: AttributeType | undefined, path: string): readonly string[] {
  if (type === undefined) return [`${path} is no attribute`];
  if (type === "json") return value === undefined ? [`${path} is undefined`] : [];
  if (type === "number") return Number.isSafeInteger(value) ? [] : [`${path} is no whole number`];
  if (type === "text") return typeof value === "string" && value !== "" ? [] : [`${path} is no text`];
  if (type === "flag") return typeof value === "boolean" ? [] : [`${path} is neither true nor false`];
  if (!("is" in type || "listOf" in type))
    return type.includes(value as number) ? [] : [`${path} cannot be ${value}`];
  if ("listOf" in type && !Array.isArray(value)) return [`${path} is no list`];
  const name = "is" in type ? type.is : type.listOf;
  const shape = OBJECTS[name];
  if (shape === undefined) return [`${path}: ${name} is not known`];
  return (Array.isArray(value) ? value : [value]).flatMap((one: Fields) => faultsOf(one, shape, `${path}.`));
}
