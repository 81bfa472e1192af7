import type { Keeper } from "@garim/duties";
import { type Policy, resolvePolicy } from "@garim/policy";
import { withDesk } from "../ask/with-desk.ts";
import { withLog } from "../connect/with-log.ts";
import { readInput } from "../input.ts";
import { inputInvalid } from "../input-error.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyOptions } from "./forms.ts";
import { openRegisters } from "./registers.ts";

type Registers = Awaited<ReturnType<typeof openRegisters>>;

/** Opens the registers for a verb that only reads. */
export async function readRegisters(
  options: DutyOptions,
  context: VerbContext,
  run: (registers: Registers, policy: Policy) => Promise<void>,
): Promise<void> {
  await withLog(context, options, { mode: "read" }, async (connection, { config }) => {
    const policy = config.policy ?? resolvePolicy();
    await run(await openRegisters({ connection, policy, clock: context.terminal.now }), policy);
  });
}

/** Reads what a file holds, and opens the registers for somebody who changes them. */
export async function changeRegisters(
  verb: string,
  file: string,
  options: DutyOptions,
  context: VerbContext,
  run: (given: unknown, registers: Registers, keeper: Keeper) => Promise<void>,
): Promise<void> {
  const { terminal } = context;
  const { values, name } = await readInput(file, () => terminal.readStdin());
  const [given] = values;
  if (values.length !== 1) throw inputInvalid(`${name} must hold one entry`);
  await keepRegisters(verb, options, context, (registers, keeper) => run(given, registers, keeper));
}

/** Opens the registers for somebody who changes them. */
export async function keepRegisters(
  verb: string,
  options: DutyOptions,
  context: VerbContext,
  run: (registers: Registers, keeper: Keeper) => Promise<void>,
): Promise<void> {
  await withDesk(`duties ${verb}`, options, context, async ({ connection, log, asker, policy }) => {
    const clock = context.terminal.now;
    await run(await openRegisters({ connection, policy, clock, log }), asker);
  });
}
