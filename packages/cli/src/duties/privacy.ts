import { writePrivacyPage } from "@garim/duties";
import { inputInvalid } from "../input-error.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyOptions } from "./command.ts";
import { readRegisters } from "./with-registers.ts";

/** Runs `garim duties privacy`. */
export async function runPrivacy(seller: string, options: DutyOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  await readRegisters(options, context, async ({ policies }) => {
    const found = await policies.find(seller);
    if (found === null) throw inputInvalid("This seller has published no privacy policy");
    const versions = await policies.history(seller);
    const json = `${JSON.stringify({ ...found, versions }, null, 2)}\n`;
    await terminal.write(options.html ? writePrivacyPage(found, versions) : json);
  });
}
