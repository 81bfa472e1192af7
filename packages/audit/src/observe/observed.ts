import type { Access } from "../access.ts";

/**
 * Whether an access was only observed: what was decided was not enforced, and the host's own answer left as it was. Of its records all
 * was shown, whatever the decisions beside them say; and it proves nothing of the rules.
 */
export function isObserved({ mode }: Pick<Access, "mode">): boolean {
  return mode === "observe";
}
