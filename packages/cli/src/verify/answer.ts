import type { RangeReport } from "@garim/audit";
import { GarimError, isGarimError } from "@garim/policy";

/** What a worker answers: an error does not cross threads whole. */
export type Answer = { readonly report: RangeReport } | { readonly fault: Fault };

interface Fault {
  readonly message: string;
  readonly code: string | undefined;
  readonly isOurs: boolean;
}

export function faultAnswer(error: unknown): Answer {
  const { message = String(error), code } = error as { readonly message?: string; readonly code?: string };
  return {
    fault: { message, code: typeof code === "string" ? code : undefined, isOurs: isGarimError(error) },
  };
}

/**
 * The report of an answer.
 *
 * @throws what the worker met, with its code
 */
export function readAnswer(answer: Answer): RangeReport {
  if ("report" in answer) return answer.report;
  const { message, code, isOurs } = answer.fault;
  if (isOurs) throw new GarimError(code as GarimError["code"], message);
  throw Object.assign(new Error(message), { code });
}
