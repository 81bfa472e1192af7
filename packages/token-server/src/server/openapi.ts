import { RECEIPTS_SCOPE } from "@garim/auth";
import { GRANT_STATES, PII_KINDS } from "@garim/policy";

type Json = Readonly<Record<string, unknown>>;

/**
 * The server's endpoints for programs, as OpenAPI 3.1. Of the pages a seller's browser is shown, the one that
 * asks for consent is JSON for whoever asks for that.
 *
 * @param issuer - what every address begins with
 */
export function describeServer(issuer: string, scopes: readonly string[]): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Token server for seller tools",
      version: "1",
      description:
        "OAuth 2.1 with PAR, PKCE, DPoP or certificates, and authorization details of the type order_pii.",
    },
    servers: [{ url: issuer }],
    paths: {
      "/.well-known/oauth-authorization-server": read("Metadata (RFC 8414)"),
      "/.well-known/openid-configuration": read("The same, for clients that look here"),
      "/openapi.json": read("This document"),
      "/jwks": read("Public halves of the keys that sign tokens (RFC 7517)"),
      "/style.css": read("Style of the pages"),
      "/request": post("Pushes a request for a seller's consent (RFC 9126)", REQUEST, "Pushed", [PROOF]),
      "/auth": { get: { summary: "The seller's browser begins here", responses: PAGE } },
      "/auth/{name}": {
        parameters: [NAME],
        get: { summary: "The seller's browser comes back here", responses: PAGE },
      },
      "/consent/{name}": {
        parameters: [NAME],
        get: { summary: "What the seller is asked, as a page or as JSON", responses: ASKED },
        post: {
          summary: "What the seller decided; who asks for JSON is told where the browser goes on",
          requestBody: { required: true, content: both("Decision") },
          responses: { ...ASKED, "200": DECIDED, "303": GOES_ON },
        },
      },
      "/token": post("Gives tokens (RFC 6749)", tokenForm(scopes), "Tokens", [PROOF]),
      "/introspection": post("Tells of a token of one's own (RFC 7662)", TOKEN, "Introspection"),
      "/revocation": post("Ends a token of one's own (RFC 7009)", TOKEN),
      "/tools": {
        post: json("Applies for a tool", ref("Application"), {
          "201": answer("Tool"),
          ...REFUSALS,
        }),
        get: { summary: "All tools, for the operator", responses: { "200": answer("Tools"), ...PEOPLE } },
      },
      "/tools/{toolId}/approval": operator("Approves a tool"),
      "/tools/{toolId}/suspension": operator("Suspends a tool: everything it has is dead within a second"),
      "/tools/{toolId}/secret": operator("Makes a secret, which is shown once and ends after 180 days"),
      "/tools/{toolId}/webhook-secret": operator(
        "Makes the secret its webhook is signed with (Standard Webhooks), in place of the one before: shown once",
      ),
    },
    components: { schemas: SCHEMAS },
  };
}

function read(summary: string): Json {
  return { get: { summary, responses: { "200": { description: "As it says" } } } };
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function answer(name: string): Json {
  return { description: name, content: { "application/json": { schema: ref(name) } } };
}

const PAGE: Json = {
  "200": { description: "A page" },
  "303": { description: "Where the browser goes on" },
};

const GOES_ON: Json = { description: "Where the browser goes on" };

/** An answer that is a page for whoever does not ask for JSON. */
function alsoPage(name: string): Json {
  const content = { "application/json": { schema: ref(name) }, "text/html": {} };
  return { description: name, content };
}

/** What a form of the page sends, or a program. */
function both(name: string): Json {
  const media = { schema: ref(name) };
  return { "application/json": media, "application/x-www-form-urlencoded": media };
}

const ASKED: Json = {
  "200": alsoPage("Consent"),
  "401": { description: "A second factor of the last five minutes is due" },
  "403": alsoPage("Refusal"),
  "410": alsoPage("Refusal"),
};

const NAME_IN_PATH: Json = { in: "path", required: true, schema: { type: "string" } };

const NAME: Json = { ...NAME_IN_PATH, name: "name", description: "The request, as the address says it" };

const TOOL_ID: Json = { ...NAME_IN_PATH, name: "toolId", description: "The tool's client_id" };

const DECIDED: Json = {
  description: "Decided; or, where not, what is asked as it stands now",
  content: { "application/json": { schema: { oneOf: [ref("Decided"), ref("Consent")] } }, "text/html": {} },
};

const REFUSALS: Json = {
  "400": answer("Refusal"),
  "401": answer("Refusal"),
  "429": { ...answer("Refusal"), headers: { "Retry-After": { schema: { type: "integer" } } } },
  "503": { ...answer("Refusal"), headers: { "Retry-After": { schema: { type: "integer" } } } },
};

const PEOPLE: Json = {
  "401": { description: "A second factor of the last five minutes is due" },
  "403": { description: "Not this person, or from another site" },
};

const PROOF: Json = {
  name: "DPoP",
  in: "header",
  required: false,
  description: "A proof of possession (RFC 9449); left out with a client certificate alone",
  schema: { type: "string" },
};

function post(summary: string, schema: Json, told?: string, parameters: readonly Json[] = []): Json {
  const content = { "application/x-www-form-urlencoded": { schema } };
  const done = told === undefined ? { description: "Done" } : answer(told);
  const status = told === "Pushed" ? "201" : "200";
  const responses = { [status]: done, ...REFUSALS };
  return { post: { summary, parameters, requestBody: { required: true, content }, responses } };
}

function json(summary: string, schema: Json, responses: Json): Json {
  return { summary, requestBody: { required: true, content: { "application/json": { schema } } }, responses };
}

function operator(summary: string): Json {
  const responses = { "200": answer("Tool"), "404": answer("Refusal"), ...PEOPLE };
  return { parameters: [TOOL_ID], post: { summary, responses } };
}

const text: Json = { type: "string" };
const texts: Json = { type: "array", items: text };

const ASSERTION: Json = {
  client_id: text,
  client_assertion_type: { const: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" },
  client_assertion: {
    ...text,
    description: "A JWT (RFC 7523) whose aud is the issuer, good for five minutes at most",
  },
};

const DETAILS: Json = { ...text, description: "JSON: one OrderPii in a list (RFC 9396)" };

const REQUEST: Json = {
  type: "object",
  required: ["response_type", "redirect_uri", "scope", "authorization_details", "code_challenge"],
  properties: {
    ...ASSERTION,
    response_type: { const: "code" },
    redirect_uri: text,
    scope: text,
    state: text,
    authorization_details: DETAILS,
    code_challenge: text,
    code_challenge_method: { const: "S256" },
    dpop_jkt: text,
    ui_locales: text,
  },
};

const TOKEN: Json = {
  type: "object",
  required: ["token"],
  properties: { ...ASSERTION, token: text, token_type_hint: text },
};

function tokenForm(scopes: readonly string[]): Json {
  return {
    type: "object",
    required: ["grant_type"],
    properties: {
      ...ASSERTION,
      grant_type: { enum: ["authorization_code", "refresh_token", "client_credentials"] },
      code: text,
      code_verifier: text,
      redirect_uri: text,
      refresh_token: text,
      scope: { ...text, description: `Of: ${scopes.join(" ")}; or ${RECEIPTS_SCOPE} alone, for receipts` },
      authorization_details: DETAILS,
      resource: text,
    },
  };
}

const SCHEMAS: Json = {
  OrderPii: {
    type: "object",
    required: ["type", "fields", "purpose"],
    additionalProperties: false,
    properties: {
      type: { const: "order_pii" },
      fields: { type: "array", minItems: 1, uniqueItems: true, items: { enum: PII_KINDS } },
      purpose: { type: "string", minLength: 1, maxLength: 256 },
      states: { type: "array", minItems: 1, uniqueItems: true, items: { enum: GRANT_STATES } },
      sellers: { ...texts, minItems: 1, maxItems: 1_000, uniqueItems: true },
      orders: { ...texts, minItems: 1, maxItems: 50, uniqueItems: true },
    },
  },
  Pushed: { type: "object", properties: { request_uri: text, expires_in: { type: "integer" } } },
  Tokens: {
    type: "object",
    properties: {
      access_token: text,
      token_type: { enum: ["DPoP", "Bearer"], description: "Bearer is bound to a client certificate" },
      expires_in: { const: 300 },
      scope: text,
      refresh_token: text,
      authorization_details: { type: "array", items: ref("OrderPii") },
    },
  },
  Introspection: {
    type: "object",
    required: ["active"],
    properties: { active: { type: "boolean" }, client_id: text, sub: text, exp: { type: "integer" } },
  },
  Refusal: {
    type: "object",
    required: ["error"],
    properties: {
      error: text,
      error_description: text,
      tool: text,
      reason: text,
      source: text,
      because: text,
      remedy: text,
      trace_id: text,
    },
  },
  Consent: {
    type: "object",
    required: [
      "tool",
      "isSandbox",
      "sellerId",
      "fields",
      "purpose",
      "states",
      "orders",
      "tasks",
      "subProcessors",
      "goal",
      "longest",
      "days",
      "seen",
    ],
    properties: {
      tool: { ...text, description: "What the tool is called, in the reader's language" },
      isSandbox: { type: "boolean" },
      sellerId: text,
      fields: { type: "array", items: { enum: PII_KINDS } },
      purpose: text,
      states: { type: "array", items: { enum: GRANT_STATES } },
      orders: { oneOf: [texts, { type: "null" }] },
      tasks: { ...texts, description: "What the contract entrusts the tool with" },
      subProcessors: {
        type: "array",
        items: { type: "object", properties: { name: text, country: text } },
      },
      goal: { ...text, description: "The tool's address" },
      longest: { type: "integer", description: "The latest end there can be, UTC milliseconds, exclusive" },
      days: { type: "array", items: { type: "integer" }, description: "Shorter ends to choose from" },
      seen: { ...text, description: "Give it back with the decision: what is granted is what stood here" },
    },
  },
  Decision: {
    type: "object",
    required: ["decision"],
    properties: {
      decision: { enum: ["allow", "deny"] },
      seen: { ...text, description: "Of Consent; a decision on anything else is not taken" },
      days: { type: "integer", description: "One of Consent's days; left out for the longest end" },
    },
  },
  Decided: {
    type: "object",
    required: ["location"],
    properties: {
      location: { ...text, description: "Where the browser goes on: with the answer to the tool" },
    },
  },
  Application: {
    type: "object",
    required: ["name", "redirectUris", "addresses", "ownerContact"],
    properties: {
      name: { type: "object", required: ["ko", "en"], properties: { ko: text, en: text } },
      tier: { enum: ["key", "certificate", "secret"] },
      jwks: { type: "object" },
      jwksUri: text,
      certificate: { type: "object", properties: { thumbprint: text, subject: text } },
      redirectUris: texts,
      addresses: texts,
      ownerContact: text,
      webhookUrl: text,
    },
  },
  Tool: {
    type: "object",
    properties: {
      toolId: text,
      status: { enum: ["applied", "approved", "suspended"] },
      sandbox: { type: "boolean" },
      sandboxSellers: {
        ...texts,
        description: "Made-up sellers who granted it everything; told where it applies",
      },
    },
  },
  Tools: { type: "object", properties: { tools: { type: "array", items: ref("Tool") } } },
};
