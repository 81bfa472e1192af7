import { type Json, text, whole } from "./shape.ts";

/** Endpoints that belong together, and what they answer with. */
export interface DocumentPart {
  /** Operations by path below the mount, then by method. */
  readonly paths: Readonly<Record<string, Json>>;
  readonly schemas: Json;
}

interface DocumentFrame {
  readonly title: string;
  readonly description: string;
  /** Where the endpoints are mounted, `/privacy`. */
  readonly mount: string;
}

/** Puts parts together to an OpenAPI 3.1 document. */
export function writeDocument(
  { title, description, mount }: DocumentFrame,
  parts: readonly DocumentPart[],
): Json {
  const paths = parts.flatMap((part) => Object.entries(part.paths));
  const schemas = parts.flatMap((part) => Object.entries(part.schemas));
  return {
    openapi: "3.1.0",
    info: { title, version: "1", description },
    servers: [{ url: mount === "" ? "/" : mount }],
    paths: Object.fromEntries(paths.map(([path, methods]) => [path, withNames(path, methods)])),
    components: { schemas: { Problem: PROBLEM, ...Object.fromEntries(schemas) } },
  };
}

/** What stands in braces in a path is one of its parameters. */
function withNames(path: string, methods: Json): Json {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const parameters = names.map((name) => ({ name, in: "path", required: true, schema: text }));
  return parameters.length === 0 ? methods : { parameters, ...methods };
}

/** The body of a refusal (RFC 9457). */
const PROBLEM: Json = {
  type: "object",
  properties: {
    type: text,
    title: text,
    status: whole,
    detail: text,
    reason: { ...text, description: "For programs; its words are in detail" },
    source: { ...text, description: "The rule" },
    remedy: text,
    code: { ...text, description: "Of input that cannot be read" },
    action: { enum: ["view", "download", "manage"], description: "What a second factor is to be proved for" },
    acr_values: text,
    max_age: whole,
    page: { ...text, description: "The page that lifts it" },
  },
};

/** What answers with the document itself. */
export const DOCUMENT_PART: DocumentPart = {
  paths: {
    "/openapi.json": {
      get: {
        summary: "This document",
        responses: {
          "200": {
            description: "OpenAPI 3.1",
            content: { "application/json": { schema: { type: "object" } } },
          },
        },
      },
    },
  },
  schemas: {},
};
