import type { FiledAgreement, FiledContract } from "@garim/duties";
import type { Words } from "@garim/policy";
import { language } from "../kit/words.ts";

/** What stands beside a paper in the answers of the endpoints. */
interface Judged {
  /** `null` where nobody registered such a tool here. */
  readonly toolName: Words | null;
  /** Why the tool gets nothing by it; `null` where it is in force. */
  readonly reason: string | null;
}

/** Of the endpoint `duties/contracts`. */
export type Contract = FiledContract & Judged;
/** Of the endpoint `duties/agreements`. */
export type Agreement = FiledAgreement & Judged;

/** What its reader calls a tool. */
export function toolText({ toolName, toolId }: Pick<Contract, "toolName" | "toolId">): string {
  return toolName?.[language] ?? toolId;
}
