import {
  type PrivacyDocument,
  type PrivacyPolicies,
  type PrivacyVersion,
  writePrivacyPage,
} from "@garim/duties";
import { listPrivacyGaps } from "@garim/policy";
import { inputInvalid } from "../input-error.ts";
import { writeDocument } from "../output/document.ts";
import type { VerbContext } from "../verb/context.ts";
import type { DutyOptions } from "./forms.ts";
import { changeRegisters, readRegisters } from "./with-registers.ts";

/** Runs `garim duties privacy`. */
export async function runPrivacy(seller: string, options: DutyOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  await readRegisters(options, context, async ({ policies }) => {
    const found = await policies.find(seller);
    if (found === null) throw inputInvalid("This seller has published no privacy policy");
    const versions = await readHistory(policies, seller);
    const json = `${JSON.stringify({ ...found, versions }, null, 2)}\n`;
    await terminal.write(options.html ? writePrivacyPage(found, { entries: versions, next: null }) : json);
  });
}

async function readHistory(policies: PrivacyPolicies, seller: string): Promise<readonly PrivacyVersion[]> {
  const versions: PrivacyVersion[] = [];
  for (let after: string | undefined; ; ) {
    const asked = { limit: 1_000, ...(after === undefined ? {} : { after }) };
    const { entries, next } = await policies.history(seller, asked);
    versions.push(...entries);
    if (next === null) return versions;
    after = next;
  }
}

/** Runs `garim duties publish-privacy`. */
export async function runPublishPrivacy(
  file: string,
  options: DutyOptions,
  context: VerbContext,
): Promise<void> {
  await changeRegisters("publish-privacy", file, options, context, async (given, { policies }, keeper) => {
    const document = given as PrivacyDocument;
    const published = await policies.publish(document, keeper);
    if ("kind" in published)
      throw inputInvalid(
        `It is not published; these sections are empty: ${listPrivacyGaps(document.sections).join(", ")}`,
      );
    await writeDocument(context.terminal, published, options, () => [
      `${published.sellerId}: version ${published.version}, SHA-256 ${published.sha256}`,
    ]);
  });
}
