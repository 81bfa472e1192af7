import type { Session } from "../session/session.ts";
import type { Worker } from "../worker.ts";

/** What was done to a tool, a grant or a key. Each name is an action of the access log. */
export type ToolAction =
  | "register-tool"
  | "approve-tool"
  | "suspend-tool"
  | "change-tool"
  | "grant-tool"
  | "change-grant"
  | "revoke-grant"
  | "revoke-token"
  | "rotate-key"
  | "retire-key";

/** The request somebody changed something by: it stands in the record of the change. */
export interface ChangeSource {
  readonly origin: { readonly ip: string; readonly agent: string | null };
  /** The pattern of its route. */
  readonly route: string;
  /** The session it came in, with the second factor that was proved there; `null` where there is none. */
  readonly session: Session | null;
}

/** A change of who may read what, as it belongs into the access log. */
export interface ToolChange {
  /** UTC milliseconds. */
  readonly at: number;
  readonly action: ToolAction;
  /** Who did it; `null` for Garim itself. */
  readonly by: Worker | null;
  /** `null` where no request led to it. */
  readonly source: ChangeSource | null;
  readonly toolId: string | null;
  readonly sellerId: string | null;
  readonly grantId: string | null;
  readonly keyId: string | null;
  /** Never personal data of a buyer. */
  readonly detail: Readonly<Record<string, string | number>>;
}

/**
 * Puts a change on record. What gives more is asked **before** it happens, and does not happen where this rejects. What takes away
 * happens first, and a rejection is passed on: a log that is down must not keep a stolen key alive.
 *
 * @source notice-2026-9/5-3
 */
export type RecordChange = (change: ToolChange) => Promise<unknown>;

type Told = Partial<Omit<ToolChange, "at" | "action" | "by">>;

/** A change with what it does not concern left empty. */
export function toolChange(action: ToolAction, by: Worker | null, at: number, more: Told = {}): ToolChange {
  const nothing = { source: null, toolId: null, sellerId: null, grantId: null, keyId: null, detail: {} };
  return { at, action, by, ...nothing, ...more };
}
