import { type Check, defineCheck, type Judgement } from "../check.ts";
import { readSetting } from "../read.ts";

/** Judges whether a page that was half written can be mended. */
export function judgeFullPageWrites(setting: string): Judgement {
  if (setting === "on") return { state: "ok", seen: "on" };
  return {
    state: "warn",
    seen: setting,
    todo: "ALTER SYSTEM SET full_page_writes = on; SELECT pg_reload_conf(); leave it off only where the file system never tears a page, as ZFS",
  };
}

export const fullPageWritesCheck: Check = defineCheck({
  name: "full_page_writes",
  why: "a crash in the middle of writing a page can destroy records that were written long before",
  read: ({ connection }) => readSetting(connection, "full_page_writes"),
  judge: judgeFullPageWrites,
});
