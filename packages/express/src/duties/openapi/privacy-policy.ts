import { PRIVACY_SECTIONS } from "@garim/policy";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, each, type Json, list, object, orNull, ref, text, whole } from "../../openapi/shape.ts";
import { PAGING, SELLER } from "./paging.ts";

const DOCUMENT: Json = { title: text, sections: object(each(PRIVACY_SECTIONS, text)) };
const VERSION: Json = { version: whole, publishedAt: at, sha256: text };

/** As it was published; the public reads the same. */
export const PUBLISHED_SCHEMAS: Json = {
  PrivacyVersion: object(VERSION),
  PublishedPolicy: object({ sellerId: text, ...DOCUMENT, ...VERSION }),
};

/** A seller's privacy policy (개인정보 처리방침). */
export const PRIVACY_POLICY_PART: DocumentPart = {
  paths: {
    "/privacy-policy": {
      get: operation({
        summary: "What is published, its versions, newest first, and a draft made anew of register and rules",
        query: { ...SELLER, ...PAGING },
        answer: "PrivacyPolicy",
        stepUp: "view",
      }),
      put: operation({
        summary: "Publishes the next version",
        query: SELLER,
        body: DOCUMENT,
        answer: "PublishedPolicy",
        stepUp: "manage",
        besides: { "422": { description: "Sections are empty: gaps names them" } },
      }),
    },
  },
  schemas: {
    ...PUBLISHED_SCHEMAS,
    PrivacyPolicy: object({
      published: { oneOf: [ref("PublishedPolicy"), { type: "null" }] },
      versions: list(ref("PrivacyVersion")),
      next: { ...orNull("string"), description: "Of the versions" },
      draft: object({ sellerId: text, ...DOCUMENT }),
      gaps: { ...list({ enum: PRIVACY_SECTIONS }), description: "What of the draft only the seller knows" },
    }),
  },
};
