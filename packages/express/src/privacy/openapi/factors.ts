import type { DocumentPart } from "../../openapi/document.ts";
import { operation, type Told } from "../../openapi/operation.ts";
import {
  at,
  atOrNull,
  isSo,
  type Json,
  list,
  object,
  orNull,
  ref,
  text,
  whole,
} from "../../openapi/shape.ts";

/** What a second factor is proved for: a proof of one proves no other. */
const ACTION: Json = { enum: ["view", "download", "manage"], default: "view" };
const FIRST = "manage, but for the first one";

const FACTOR: Json = object({
  id: text,
  kind: { enum: ["totp", "passkey"] },
  name: { ...text, description: "Of a person: text, never HTML" },
  addedAt: at,
  usedAt: orNull("integer"),
});

const FACTORS: Json = object({
  factors: list(ref("Factor")),
  recoveryCodesLeft: whole,
  channels: list(text),
  lockedUntil: atOrNull,
  isDisabled: isSo,
  offersPasskeys: isSo,
});

const OFFER: Json = {
  method: { enum: ["totp", "passkey", "recovery", "message"] },
  code: text,
  response: { type: "object", description: "Of a passkey" },
  action: ACTION,
};

function proving(told: Told): Json {
  const locked = { "429": { description: "Locked after wrong tries; GET /factors says until when" } };
  return { post: operation({ ...told, answer: "Proved", besides: locked }) };
}

/** What one proves with, and that one does. */
export const FACTORS_PART: DocumentPart = {
  paths: {
    "/factors": { get: operation({ summary: "What one can prove with", answer: "Factors" }) },
    "/factors/totp": {
      post: operation({
        summary: "Begins an authenticator app; told once",
        body: { name: text },
        answer: "AppSecret",
        status: 201,
        stepUp: FIRST,
      }),
    },
    "/factors/totp/confirmation": proving({ summary: "Its first code", body: { code: text } }),
    "/factors/passkey": {
      post: operation({
        summary: "Begins a passkey",
        body: { name: text },
        answer: "PasskeyOptions",
        status: 201,
        stepUp: FIRST,
      }),
    },
    "/factors/passkey/confirmation": proving({
      summary: "Its first use",
      body: { response: { type: "object" } },
    }),
    "/factors/recovery-codes": {
      post: operation({
        summary: "Makes recovery codes; earlier ones are void",
        body: {},
        answer: "RecoveryCodes",
        status: 201,
        stepUp: "manage",
      }),
    },
    "/factors/{id}": {
      patch: operation({ summary: "Renames one", body: { name: text }, stepUp: "manage" }),
      delete: operation({ summary: "Removes one, never the last", stepUp: "manage" }),
    },
    "/step-up": proving({ summary: "Proves a second factor", body: OFFER }),
    "/step-up/passkey": {
      post: operation({
        summary: "What the passkey has to sign",
        body: { action: ACTION },
        answer: "PasskeyOptions",
      }),
    },
    "/step-up/message": {
      post: operation({
        summary: "Sends a code",
        body: { channel: text, action: ACTION },
        answer: "CodeSent",
        status: 202,
      }),
    },
  },
  schemas: {
    Factor: FACTOR,
    Factors: FACTORS,
    AppSecret: object({ secret: text, uri: text, svg: text }),
    PasskeyOptions: object({ options: { type: "object", description: "For navigator.credentials" } }),
    RecoveryCodes: object({ codes: list(text) }),
    Proved: object({ secondFactorAt: atOrNull }),
    CodeSent: object({ channel: text, expiresAt: at }),
  },
};
