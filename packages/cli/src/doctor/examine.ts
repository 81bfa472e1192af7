import { type GarimError, isGarimError } from "@garim/policy";
import { isDriverError } from "../connect/driver-error.ts";
import { codeOf, explainFault, isConnectionLost } from "../connect/fault.ts";
import type { Check, Finding, Probe } from "./check.ts";
import { splitMessage } from "./message.ts";

/**
 * Makes every check, one after another. Where the database cannot be reached, the first one to ask it says so and those after it
 * are skipped.
 *
 * @throws what is no fault of the database: one of ours
 */
export async function examine(checks: readonly Check[], probe: Probe): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  let isLost = false;
  for (const check of checks) {
    const made: Made =
      isLost && check.needsDatabase ? { finding: skipped(check) } : await makeCheck(check, probe);
    isLost ||= made.isLost === true;
    findings.push(made.finding);
  }
  return findings;
}

interface Made {
  readonly finding: Finding;
  /** Whether the database is lost for the checks that follow. */
  readonly isLost?: true;
}

async function makeCheck(check: Check, probe: Probe): Promise<Made> {
  try {
    return { finding: await check.make(probe) };
  } catch (error) {
    const fault = faultOf(error, probe.connection.name);
    if (fault === undefined) throw error;
    const finding: Finding = {
      check: check.name,
      state: "fail",
      ...splitMessage(fault.message),
      why: check.why,
    };
    return isConnectionLost(codeOf(fault.cause) ?? "") ? { finding, isLost: true } : { finding };
  }
}

function faultOf(error: unknown, name: string): GarimError | undefined {
  if (isGarimError(error)) return error;
  return isDriverError(error) ? explainFault(error, name) : undefined;
}

function skipped({ name, why }: Check): Finding {
  return { check: name, state: "skip", seen: "the database cannot be asked", why };
}
