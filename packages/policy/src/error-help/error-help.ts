import type { GarimErrorCode } from "../error.ts";
import { ANSWER_HELP } from "./answer.ts";
import { CONFIGURATION_HELP } from "./configuration.ts";
import type { ErrorHelp } from "./entry.ts";
import { LOG_HELP } from "./log.ts";
import { WORKBOOK_HELP } from "./workbook.ts";

/** What each error code says, in both languages, and what to write. That none is missing is a test's to see. */
export const ERROR_HELP: Readonly<Record<GarimErrorCode, ErrorHelp>> = Object.freeze({
  ...CONFIGURATION_HELP,
  ...ANSWER_HELP,
  ...LOG_HELP,
  ...WORKBOOK_HELP,
} as Record<GarimErrorCode, ErrorHelp>);
