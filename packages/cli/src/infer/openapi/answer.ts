import { inputInvalid } from "../../input-error.ts";
import { isObject, type Json, resolveReference } from "./reference.ts";

/** A successful answer of an operation, as the document declares it. */
export interface DeclaredAnswer {
  /** `GET /orders`. */
  readonly operation: string;
  readonly schema: Json;
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b|^\*\/\*$/;
/** More names than these make no readable line. */
const MOST_NAMED = 8;

/** Whether a value is an OpenAPI document, of whatever version. */
export function isOpenApi(value: unknown): value is Json {
  return isObject(value) && (typeof value["openapi"] === "string" || typeof value["swagger"] === "string");
}

/**
 * Finds the answer to draft a schema for.
 *
 * @param wanted - `GET /orders`; may be left out where the document has only one operation that answers JSON
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` for another version than 3.0 or 3.1, an operation that is not there, or several
 */
export function findAnswer(document: Json, wanted?: string): DeclaredAnswer {
  checkVersion(document);
  const answers = listAnswers(document);
  const chosen =
    wanted === undefined ? answers : answers.filter((one) => one.operation === normalOperation(wanted));
  const [first, ...others] = chosen;
  if (first !== undefined && others.length === 0) return first;
  throw first === undefined ? noOperation(wanted, answers) : severalOperations(answers, first);
}

function checkVersion({ openapi, swagger }: Json): void {
  if (typeof openapi === "string" && /^3\.[01](?:\.|$)/.test(openapi)) return;
  const seen = typeof openapi === "string" ? `OpenAPI ${openapi}` : `Swagger ${String(swagger)}`;
  throw inputInvalid(
    `The document is ${seen}; give OpenAPI 3.0 or 3.1, converted if need be, or sample answers`,
  );
}

function listAnswers(document: Json): readonly DeclaredAnswer[] {
  const paths = isObject(document["paths"]) ? document["paths"] : {};
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const schema = findSchema(document, memberOf(document, item, method));
      return schema === undefined ? [] : [{ operation: `${method.toUpperCase()} ${path}`, schema }];
    }),
  );
}

/** The JSON schema of the first answer that is a success. */
function findSchema(document: Json, operation: unknown): Json | undefined {
  const responses = memberOf(document, operation, "responses");
  if (!isObject(responses)) return undefined;
  const statuses = Object.keys(responses)
    .filter((status) => /^2(?:\d\d|XX)$/i.test(status))
    .sort();
  for (const status of [...statuses, "default"]) {
    const content = memberOf(document, memberOf(document, responses, status), "content");
    const type = isObject(content) ? Object.keys(content).find((one) => JSON_TYPE.test(one)) : undefined;
    const schema = type && memberOf(document, memberOf(document, content, type), "schema");
    if (isObject(schema)) return schema;
  }
  return undefined;
}

/** A member of a value that may be a reference. The member itself is not followed: its name would be lost. */
function memberOf(document: Json, value: unknown, name: string): unknown {
  const target = resolveReference(document, value);
  return isObject(target) && Object.hasOwn(target, name) ? target[name] : undefined;
}

function normalOperation(text: string): string {
  const [method = "", path = ""] = text.trim().split(/\s+/);
  return `${method.toUpperCase()} ${path}`;
}

function noOperation(wanted: string | undefined, answers: readonly DeclaredAnswer[]): Error {
  const known = nameSome(answers);
  if (wanted === undefined || known === "")
    return inputInvalid(
      "No operation of the document answers JSON with a schema; give sample answers instead",
    );
  return inputInvalid(`No operation ${JSON.stringify(wanted)} answers JSON; there are ${known}`);
}

function severalOperations(answers: readonly DeclaredAnswer[], { operation }: DeclaredAnswer): Error {
  return inputInvalid(
    `Several operations answer JSON: ${nameSome(answers)}; write --operation "${operation}"`,
  );
}

function nameSome(answers: readonly DeclaredAnswer[]): string {
  const names = answers.slice(0, MOST_NAMED).map(({ operation }) => JSON.stringify(operation));
  const more = answers.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
