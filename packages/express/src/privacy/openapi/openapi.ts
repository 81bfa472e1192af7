import { OWN_LEAKS_PART } from "../../duties/openapi/leaks.ts";
import { OWN_REQUESTS_PART } from "../../duties/openapi/requests.ts";
import { DOCUMENT_PART, type DocumentPart, writeDocument } from "../../openapi/document.ts";
import type { Json } from "../../openapi/shape.ts";
import { ACCESSES_PART } from "./accesses.ts";
import { FACTORS_PART } from "./factors.ts";
import { SESSION_PART } from "./session.ts";
import { STAFF_PART } from "./staff.ts";
import { TOOLS_PART } from "./tools.ts";

const PARTS: readonly DocumentPart[] = [
  SESSION_PART,
  FACTORS_PART,
  STAFF_PART,
  ACCESSES_PART,
  OWN_REQUESTS_PART,
  OWN_LEAKS_PART,
  TOOLS_PART,
  DOCUMENT_PART,
];

/** The endpoints of session, second factors, staff, tools and of the buyer. @param mount - `/privacy` */
export function describePrivacy(mount: string): Json {
  const description =
    "For whoever the host has logged in. Deeds and refusals are on record. What changes something takes JSON and comes from this site. /tools is there where createGarim got tools, /my-requests and /my-leaks where it got duties.";
  return writeDocument({ title: "The privacy centre", description, mount }, PARTS);
}
