import { FLOW_KINDS, PRIVACY_SECTIONS } from "@garim/policy";
import { DOCUMENT_PART, type DocumentPart, writeDocument } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, each, type Json, list, object, orNull, ref, text, whole } from "../../openapi/shape.ts";
import { POSTED_LEAKS_PART } from "./leaks.ts";
import { PAGING } from "./paging.ts";
import { PUBLISHED_SCHEMAS } from "./privacy-policy.ts";

const SENDER: Json = { seller: { ...text, description: "Left out, the marketplace's" }, ...PAGING };
const VERSION: Json = { version: whole, from: whole, to: whole, ...PAGING };

function page(summary: string, query: Json): Json {
  const parameters = Object.entries(query).map(([name, schema]) => ({ name, in: "query", schema }));
  return {
    get: {
      summary,
      parameters,
      responses: { "200": { description: "A page in Korean", content: { "text/html": {} } } },
    },
  };
}

const PUBLISHED_PART: DocumentPart = {
  paths: {
    "/flows": page("To whom data goes", SENDER),
    "/flows.json": {
      get: operation({ summary: "The same as JSON", query: SENDER, answer: "PublicFlows" }),
    },
    "/privacy-policies/{sellerId}": page("A seller's privacy policy, or what changed in it", VERSION),
    "/privacy-policies/{sellerId}.json": {
      get: operation({
        summary:
          "The same as JSON: the newest, the version that is named, or what changed from one to another",
        query: VERSION,
        answer: "PolicyOrChanges",
        besides: { "404": { description: "There is none" } },
      }),
    },
  },
  schemas: {
    PublicFlows: object({
      sender: object({ kind: text, id: text }),
      madeAt: at,
      flows: object(each(FLOW_KINDS, list({ type: "object", additionalProperties: text }))),
      next: orNull("string"),
    }),
    ...PUBLISHED_SCHEMAS,
    PolicyOrChanges: {
      oneOf: [
        {
          allOf: [
            ref("PublishedPolicy"),
            object({ versions: list(ref("PrivacyVersion")), next: orNull("string") }),
          ],
        },
        ref("PolicyChanges"),
      ],
    },
    PolicyChanges: object({
      from: whole,
      to: whole,
      changes: list(
        object({
          section: { enum: PRIVACY_SECTIONS },
          lines: list(object({ kind: { enum: ["same", "added", "removed"] }, text })),
        }),
      ),
    }),
  },
};

/** What everybody may read. @param mount - `/published` */
export function describePublished(mount: string): Json {
  const description = "Without a log-in; it holds no buyer's data.";
  return writeDocument({ title: "What is published", description, mount }, [
    PUBLISHED_PART,
    POSTED_LEAKS_PART,
    DOCUMENT_PART,
  ]);
}
