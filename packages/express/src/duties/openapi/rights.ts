import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, atOrNull, type Json, list, object, orNull, ref, text, whole } from "../../openapi/shape.ts";
import { PAGING, SELLER } from "./paging.ts";

const NAME: Json = { id: { ...text, description: "The one that is meant, as the list has it" } };

const ELEVATION: Json = {
  id: text,
  sellerId: text,
  staffId: text,
  roles: list(text),
  hours: whole,
  why: text,
  askedAt: at,
  approvedAt: atOrNull,
  approvedBy: orNull("string"),
  endedAt: atOrNull,
  endedBy: orNull("string"),
};

/** Roles lent for a time, and whether rights are used. */
export const RIGHTS_PART: DocumentPart = {
  paths: {
    "/my-elevation": {
      get: operation({
        summary: "The role lent to oneself, and what may be asked for",
        answer: "OwnElevation",
        stepUp: "view",
      }),
      post: operation({
        summary: "Asks for roles for a time",
        body: { roles: list(text), hours: whole, why: text },
        answer: "Elevation",
        status: 201,
        stepUp: "view",
      }),
      delete: operation({
        summary: "Withdraws or ends one's own",
        body: NAME,
        answer: "Elevation",
        stepUp: "view",
      }),
    },
    "/elevations": {
      get: operation({
        summary: "Who asked for roles, what waits and what is lent; the newest first",
        query: { ...SELLER, ...PAGING },
        answer: "Elevations",
        stepUp: "view",
      }),
    },
    "/elevations/{staffId}/approval": {
      post: operation({
        summary: "Agrees to another person's",
        query: SELLER,
        body: NAME,
        answer: "Elevation",
        stepUp: "manage",
      }),
    },
    "/elevations/{staffId}": {
      delete: operation({
        summary: "Declines or ends it",
        query: SELLER,
        body: NAME,
        answer: "Elevation",
        stepUp: "manage",
      }),
    },
    "/rights": {
      get: operation({
        summary: "Rights nobody used, roles that could go, signs of shared accounts; on record as a question",
        query: { ...SELLER, ...PAGING },
        answer: "Rights",
        stepUp: "view",
      }),
    },
  },
  schemas: {
    Elevation: object(ELEVATION),
    ElevationStatus: object({
      ...ELEVATION,
      state: { enum: ["waiting", "live", "ended"] },
      endsAt: at,
    }),
    Elevations: object({ elevations: list(ref("ElevationStatus")), next: orNull("string") }),
    OwnElevation: object({
      elevation: { oneOf: [ref("ElevationStatus"), { type: "null" }] },
      mostHours: whole,
      roles: list(text),
    }),
    Rights: object({
      sellerId: text,
      days: whole,
      from: at,
      to: at,
      people: list(
        object({
          staffId: text,
          roles: list(text),
          rolesAt: at,
          rights: list(object({ action: text, usedAt: atOrNull })),
          unused: list(text),
          couldGo: list(text),
          sharedSigns: object({ "impossible-hop": whole, "shared-password": whole, "new-device": whole }),
        }),
      ),
      next: orNull("string"),
    }),
  },
};
