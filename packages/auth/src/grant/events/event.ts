/** What tools, and the host, are told of. */
export const TOOL_EVENTS = [
  "grant.changed",
  "grant.ending",
  "grant.ended",
  "grant.revoked",
  "purge.due",
  "scope.unused",
  "secret.ending",
  "tool.suspended",
  "key.old",
] as const;

export type ToolEventType = (typeof TOOL_EVENTS)[number];

/** Something a tool should know of. It says whose and what, and never a buyer's data. */
export interface ToolEvent {
  /** The same however often it is told: who hears it twice has heard it once. */
  readonly id: string;
  readonly type: ToolEventType;
  /** When it happened or will, UTC milliseconds. */
  readonly at: number;
  /** `null` for what concerns the deployment alone. */
  readonly toolId: string | null;
  readonly sellerId: string | null;
  readonly grantId: string | null;
  /** What else there is to know; moments are ISO 8601. */
  readonly data: Readonly<Record<string, string | number>>;
}
