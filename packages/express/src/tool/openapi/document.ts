import { RECEIPTS_SCOPE } from "@garim/auth";
import type { Application, RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../../answer/answer.ts";
import { type Json, text } from "../../openapi/shape.ts";
import { markOwnOpen } from "../../routes/route-mark.ts";
import { listMarked } from "../../routes/routes.ts";
import type { ToolOptions } from "../options.ts";
import { HEADERS, PROBLEM } from "./answers.ts";
import { describeRoute, type OperationPlan, PARTS } from "./operations.ts";
import { checkDescribe, type DescribeOptions, ownOf, refuseUnknown } from "./options.ts";
import { createRecordShapes, MASKED } from "./record-shapes.ts";

/**
 * `GET /openapi.json` of everything an app opens to sellers' tools: read off its routes when it is first asked for, so it names no other.
 * It is anybody's, and holds nothing of anybody.
 */
export function createDocument(tools: ToolOptions, options: DescribeOptions = {}): RequestHandler {
  checkDescribe(options);
  const known = new WeakMap<Application, Json>();
  const give: RequestHandler = ({ app }, res) => {
    const document = known.get(app) ?? writeToolDocument(app, tools, options);
    known.set(app, document);
    sendAnswer(res, jsonAnswer(200, document));
  };
  return markOwnOpen(give, "what tools are answered is described, and nobody's data", { kind: "document" });
}

/** The document itself. @throws GarimError `ERR_GARIM_OPTION_INVALID` where the host describes a route that is not there */
export function writeToolDocument(app: Application, tools: ToolOptions, options: DescribeOptions): Json {
  const shapes = createRecordShapes();
  const plan: OperationPlan = { shapes, nonce: tools.nonces === true ? ["DPoP-Nonce"] : [] };
  const paths: Record<string, Record<string, Json>> = {};
  const names: string[] = [];
  for (const { method, path, tool } of listMarked(app)) {
    if (tool === undefined) continue;
    names.push(`${method} ${path}`);
    const said = path.replaceAll(/[:*](\w+)/g, "{$1}");
    const own = ownOf(`${method} ${path}`, describeRoute(tool, plan), options);
    paths[said] = { ...paths[said], [method === "ALL" ? "get" : method.toLowerCase()]: own };
  }
  refuseUnknown(names, options);
  return {
    openapi: "3.1.0",
    info: { title: options.title ?? "Orders for sellers' tools", version: "1", description: DESCRIPTION },
    servers: [{ url: (tools.publicUrl ?? new URL(tools.audience).origin) + app.path() }],
    paths: Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, withNames(path, item)])),
    components: {
      schemas: { Problem: PROBLEM, Masked: MASKED, ...PARTS, ...shapes.all },
      headers: HEADERS,
      securitySchemes: { tokens: schemeOf(tools) },
    },
  };
}

/** What stands in braces in a path is one of its parameters. */
function withNames(path: string, item: Json): Json {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const parameters = names.map((name) => ({ name, in: "path", required: true, schema: text }));
  return parameters.length === 0 ? item : { parameters, ...item };
}

function schemeOf({ issuer }: ToolOptions): Json {
  return {
    type: "openIdConnect",
    openIdConnectUrl: `${issuer}/.well-known/openid-configuration`,
    description: `Access tokens of ${issuer}, five minutes old at most and bound to a key of yours (Authorization: DPoP) or to a certificate (Authorization: Bearer); their order_pii says what they read. ${RECEIPTS_SCOPE} reads nothing`,
  };
}

const DESCRIPTION =
  "Every record is judged by the live grant of its seller and the state of its order at the moment it is read: what is masked is said in it, what is left out in a header. Nothing leaves before its access record. Errors are problems (RFC 9457).";
