import { isGarimError } from "@garim/policy";
import { auditMonth } from "./month.ts";
import { openLog } from "./open-log.ts";
import { readSettings } from "./settings.ts";

/** Ends with 3 where the log is damaged, with 2 where it cannot be audited as it was asked. */
async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  const open = await openLog(settings);
  try {
    const { report, isIntact } = await auditMonth(open, settings, Date.now());
    process.stdout.write(`${report}: ${isIntact ? "이상 없음" : "손상된 기록이 있습니다"}\n`);
    if (!isIntact) process.exitCode = 3;
  } finally {
    await open.close();
  }
}

main().catch((error: Error & { readonly code?: string }) => {
  const isPlain = isGarimError(error) || error.code?.startsWith("ERR_PARSE_ARGS") === true;
  process.stderr.write(`${isPlain ? error.message : error.stack}\n`);
  process.exitCode = isPlain ? 2 : 1;
});
