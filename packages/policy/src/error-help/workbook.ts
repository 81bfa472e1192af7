import { help, type SomeHelp } from "./entry.ts";

const SEALED = {
  ko: "내려받은 파일은 암호로 봉인되며, 온전하지 않은 파일은 남기지 않습니다.",
  en: "A file that leaves is sealed by its password, and nothing is left of one that is not whole.",
};

/** What is wrong with files. */
export const WORKBOOK_HELP: SomeHelp = {
  ERR_GARIM_PASSWORD_WEAK: help(
    "notice-2026-9/7-5",
    "checkPassword(password).problems",
    { ko: "암호가 약합니다.", en: "The password is not enough." },
    SEALED,
  ),
  ERR_GARIM_WORKBOOK_ROW: help(
    "notice-2026-9/7-5",
    "await workbook.write([orderNo, String(value), null])",
    { ko: "행이나 칸의 값을 쓸 수 없습니다.", en: "A row or a cell cannot be written." },
    SEALED,
  ),
  ERR_GARIM_WORKBOOK_LIMIT: help(
    "garim/download",
    "select … limit 1000000",
    { ko: "파일 하나에 담을 수 있는 양을 넘었습니다.", en: "It is more than one file holds." },
    {
      ko: "나누어 받으십시오. 파일마다 기록과 파기 기한이 따로 남습니다.",
      en: "Ask for several files: each has its own record and its own end.",
    },
  ),
  ERR_GARIM_WORKBOOK_SPOOL: help(
    "notice-2026-9/7-5",
    'downloads: { spool: fileSpool("/var/lib/garim/downloads") }',
    {
      ko: "파일을 둘 곳에 쓰거나 읽을 수 없습니다.",
      en: "The place where files wait cannot be written or read.",
    },
    {
      ko: "모든 노드가 같은 곳을 보아야 합니다. 그곳에는 암호문만 있습니다.",
      en: "All nodes must see the same place; only ciphertext is ever there.",
    },
  ),
  ERR_GARIM_WORKBOOK_CLOSED: help(
    "notice-2026-9/7-5",
    "const workbook = createWorkbook(options)",
    {
      ko: "끝났거나 그만둔 파일에 쓰려고 했습니다.",
      en: "Something was to be written to a file that is finished or given up.",
    },
    SEALED,
  ),
  ERR_GARIM_WORKBOOK_PASSWORD: help(
    "notice-2026-9/7-5",
    "openWorkbook(bytes, { password })",
    { ko: "이 암호로 열리지 않습니다.", en: "The file does not open with this password." },
    {
      ko: "암호는 어디에도 저장하지 않으므로 찾을 수 없습니다. 다시 내려받으십시오.",
      en: "The password is stored nowhere, so nobody can look it up: ask for the file anew.",
    },
  ),
  ERR_GARIM_WORKBOOK_DAMAGED: help(
    "notice-2026-9/7-5",
    "sha256sum orders.xlsx",
    { ko: "파일이 훼손되었습니다.", en: "The file is damaged." },
    {
      ko: "기록에 남은 SHA-256과 견주고, 다르면 다시 내려받으십시오.",
      en: "Compare its SHA-256 with the one on record; where they differ, ask for it anew.",
    },
  ),
};
