import { ACCOUNT_DEEDS, type AccountDeed } from "../../account-deeds.ts";
import type { DocumentPart } from "../../openapi/document.ts";
import { operation } from "../../openapi/operation.ts";
import { at, atOrNull, type Json, list, object, ref, text } from "../../openapi/shape.ts";

/** Of an operator, who is of no seller. */
const SELLER: Json = { seller: { ...text, description: "Whose staff; asked of operators" } };

const DEEDS: Readonly<Record<AccountDeed, string>> = {
  reset: "Removes all factors and ends all sessions: the next log-in enrols",
  unlock: "Lifts a lock",
  dismiss: "Ends all sessions and opens none",
  reinstate: "Takes a dismissal back",
  reactivate: "Gives a dormant person the rights again",
};

const STANDING: Json = object({
  state: { enum: ["active", "dormant", "dismissed"] },
  usedAt: atOrNull,
  dismissedAt: atOrNull,
});

function deed(name: AccountDeed): Json {
  return { post: operation({ summary: DEEDS[name], query: SELLER, body: {}, stepUp: "manage" }) };
}

/** What owners and operators do about others' accounts. */
export const STAFF_PART: DocumentPart = {
  paths: {
    "/staff": {
      get: operation({
        summary: "Who has come in as staff of the shop",
        query: SELLER,
        answer: "Staff",
        stepUp: "manage",
      }),
    },
    "/staff/{staffId}": {
      get: operation({ summary: "One account", query: SELLER, answer: "Account", stepUp: "manage" }),
    },
    "/staff/{staffId}/sessions": {
      delete: operation({ summary: "Ends all sessions of somebody", query: SELLER, stepUp: "manage" }),
    },
    "/staff/{staffId}/sessions/{name}": {
      delete: operation({ summary: "Ends a session of somebody", query: SELLER, stepUp: "manage" }),
    },
    ...Object.fromEntries(
      (Object.keys(ACCOUNT_DEEDS) as AccountDeed[]).map((name) => [`/staff/{staffId}/${name}`, deed(name)]),
    ),
  },
  schemas: {
    Standing: STANDING,
    Staff: object({
      staff: list(object({ id: text, roles: list(text), rolesAt: at, standing: ref("Standing") })),
    }),
    Account: object({
      factors: { type: "object", description: "As Factors, without offersPasskeys" },
      sessions: { ...list({ type: "object" }), description: "As sessions of Sessions" },
      standing: ref("Standing"),
    }),
  },
};
