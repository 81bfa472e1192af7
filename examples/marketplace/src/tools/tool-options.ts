import type { ToolOptions } from "@garim/express";
import { SANDBOX } from "./sandbox.ts";

/** Where the token server is mounted. */
export const TOKEN_PATH = "/oauth";
/** Where what tools read is. */
export const TOOL_PATH = "/tool";

/** What the market opens to sellers' tools: tokens are its own, and good for its tool routes alone. */
export function toolOptions(url: string): ToolOptions {
  return { issuer: url + TOKEN_PATH, audience: url + TOOL_PATH, sandbox: SANDBOX };
}
