import type { SandboxOptions } from "../options.ts";

/** The sandbox of a deployment. */
export interface Sandbox extends Required<SandboxOptions> {
  /** Tells the made-up sellers. */
  has(sellerId: string): boolean;
}

/** Fills in what was not said; without options there are no made-up sellers. */
export function resolveSandbox(options: SandboxOptions = { sellers: [] }): Sandbox {
  const { sellers, revoked = [], purposes = ["fulfilment"] } = options;
  const all = new Set([...sellers, ...revoked]);
  return { sellers, revoked, purposes, has: (sellerId) => all.has(sellerId) };
}
