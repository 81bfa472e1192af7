import { KIND_WORDS, type PiiKind } from "@garim/policy";
import { language } from "../kit/words.ts";

/** A connected tool: of the endpoint `tools`. Moments are UTC milliseconds, ends exclusive. */
export interface Connection {
  readonly id: string;
  readonly tool: { readonly id: string; readonly name: string; readonly isSandbox: boolean };
  readonly fields: readonly PiiKind[];
  readonly purposes: readonly string[];
  readonly states: readonly string[];
  readonly grantedAt: number;
  readonly grantedBy: string;
  readonly endsAt: number;
  /** Why it reads nothing at this moment; `null` where it does. */
  readonly reason: string | null;
  readonly contract: {
    readonly tasks: readonly string[];
    readonly subProcessors: readonly { readonly name: string; readonly country: string }[];
  } | null;
}

/** What a kind of data is called. */
export function kindText(kind: PiiKind): string {
  return KIND_WORDS[kind]?.[language] ?? kind;
}
