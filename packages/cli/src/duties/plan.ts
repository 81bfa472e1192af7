import { writePlan } from "@garim/duties";
import { resolvePolicy } from "@garim/policy";
import { readConfig } from "../connect/config.ts";
import type { VerbContext } from "../verb/context.ts";

/** Runs `garim duties plan`. */
export async function runPlan(
  { config, company }: { readonly config?: string; readonly company: string },
  { terminal }: VerbContext,
): Promise<void> {
  const { policy = resolvePolicy() } = await readConfig(config);
  await terminal.write(writePlan(policy, { company, madeAt: terminal.now() }));
}
