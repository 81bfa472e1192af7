import type { IncomingMessage } from "node:http";
import type { CoreHost } from "./core.ts";
import { type Library, refusalError } from "./refusals.ts";

const COUNTED = new WeakSet<IncomingMessage>();

/**
 * Counts the request the core works on, once, for a tool that has proved itself. Called where that is sure: before it nobody's budget is
 * used up but that of the address.
 *
 * @throws an error of the core where the tool's budget is used up; GarimError where nobody can tell
 */
export async function meterRequest(host: CoreHost, library: Library): Promise<void> {
  const { ctx } = library.Provider;
  const toolId = ctx?.oidc.client?.clientId;
  if (ctx === undefined || toolId === undefined || COUNTED.has(ctx.req)) return;
  COUNTED.add(ctx.req);
  const { headers, refusal } = await host.meter(toolId, ctx.req);
  ctx.set({ ...headers });
  if (refusal !== undefined) throw refusalError(library)(refusal);
}
