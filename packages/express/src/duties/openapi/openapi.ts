import { DOCUMENT_PART, type DocumentPart, writeDocument } from "../../openapi/document.ts";
import type { Json } from "../../openapi/shape.ts";
import { CONTRACTS_PART } from "./contracts.ts";
import { EDUCATION_PART } from "./education.ts";
import { FLOWS_PART } from "./flows.ts";
import { HELD_TEXTS_PART } from "./held-texts.ts";
import { LEAKS_PART } from "./leaks.ts";
import { PRIVACY_POLICY_PART } from "./privacy-policy.ts";
import { REQUESTS_PART } from "./requests.ts";
import { RETENTION_PART } from "./retention.ts";
import { RIGHTS_PART } from "./rights.ts";
import { SELF_CHECK_PART } from "./self-check.ts";
import { WAITING_PART } from "./waiting.ts";

const PARTS: readonly DocumentPart[] = [
  FLOWS_PART,
  CONTRACTS_PART,
  EDUCATION_PART,
  PRIVACY_POLICY_PART,
  RIGHTS_PART,
  HELD_TEXTS_PART,
  REQUESTS_PART,
  RETENTION_PART,
  SELF_CHECK_PART,
  LEAKS_PART,
  WAITING_PART,
  DOCUMENT_PART,
];

/** The endpoints of the registers. @param mount - `/duties` */
export function describeDuties(mount: string): Json {
  const description =
    "For owners of a seller, operators and auditors with a second factor; courses of one's own for all staff. What is changed is on record. Moments are UTC milliseconds.";
  return writeDocument({ title: "The registers around access", description, mount }, PARTS);
}
