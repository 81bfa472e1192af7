import { GarimError, type GarimErrorCode, isGarimError } from "@garim/policy";
import type { Answer } from "./command.ts";

/** A worker's message: an answer, or what went wrong, which loses its class on the way. */
export type Reply =
  | { readonly answer: Answer }
  | { readonly message: string; readonly code?: GarimErrorCode };

export function failedReply(error: unknown): Reply {
  const message = error instanceof Error ? error.message : String(error);
  return isGarimError(error) ? { message, code: error.code } : { message };
}

/** @throws what went wrong in the worker */
export function readReply(reply: Reply): Answer {
  if ("answer" in reply) return reply.answer;
  throw reply.code === undefined ? new Error(reply.message) : new GarimError(reply.code, reply.message);
}
