import { type ReasonEntry, reason } from "./entry.ts";

/** The code of a reason about a file of buyers' data: asked for, made, fetched. */
export type DownloadReason =
  | "download-field-unknown"
  | "download-password-weak"
  | "download-limit"
  | "download-approval-unknown"
  | "download-approver"
  | "download-busy"
  | "download-too-large"
  | "download-empty"
  | "download-source-failed"
  | "download-storage-failed"
  | "download-interrupted"
  | "download-cancelled"
  | "download-link-ended"
  | "download-unknown";

/** Why a file is not made, or not handed out. */
export const DOWNLOAD_REASONS: Readonly<Record<DownloadReason, ReasonEntry>> = Object.freeze({
  "download-field-unknown": reason(
    "notice-2026-9/12",
    { ko: "내려받을 수 없는 항목이 있습니다.", en: "The download names a field that cannot be downloaded." },
    { ko: "목록에 있는 항목 중에서 골라 주세요.", en: "Choose from the fields that are offered." },
  ),
  "download-password-weak": reason(
    "notice-2026-9/7-5",
    { ko: "파일 비밀번호가 너무 약합니다.", en: "The password of the file is too weak." },
    { ko: "더 길고 흔하지 않은 비밀번호를 정해 주세요.", en: "Set a longer, less common one." },
  ),
  "download-limit": reason(
    "garim/download",
    {
      ko: "하루에 내려받을 수 있는 건수를 넘습니다.",
      en: "This is more than may be downloaded in a day.",
    },
    {
      ko: "조건을 좁히거나, 다른 담당자의 승인을 받아 주세요.",
      en: "Narrow it, or have somebody else of the seller agree.",
    },
  ),
  "download-approval-unknown": reason(
    "garim/download",
    {
      ko: "이 내려받기에 쓸 수 있는 승인이 아닙니다.",
      en: "There is no consent that covers this download.",
    },
    { ko: "같은 조건으로 승인을 다시 받아 주세요.", en: "Have the same download agreed to again." },
  ),
  "download-approver": reason(
    "garim/download",
    {
      ko: "요청한 본인이거나 승인할 권한이 없습니다.",
      en: "Nobody agrees to their own download, and only who may download agrees to another's.",
    },
    {
      ko: "내려받기 권한이 있는 다른 담당자에게 요청해 주세요. 담당자가 한 명뿐이면 운영자가 승인합니다.",
      en: "Ask another of the seller's staff who may download; where there is none, the marketplace's operator.",
    },
  ),
  "download-busy": reason(
    "garim/download",
    { ko: "진행 중인 내려받기가 있습니다.", en: "Another download is under way." },
    { ko: "끝난 뒤에 다시 해 주세요.", en: "Try again when it is done." },
  ),
  "download-too-large": reason(
    "garim/download",
    { ko: "한 파일에 담을 수 있는 건수를 넘습니다.", en: "These are more rows than one file may hold." },
    { ko: "조건을 좁혀 나누어 받아 주세요.", en: "Narrow it and take several files." },
  ),
  "download-empty": reason(
    "garim/download",
    {
      ko: "조건에 맞고 내려받을 수 있는 주문이 없어 파일을 만들지 않았습니다.",
      en: "No file was made: no order that fits may be downloaded.",
    },
    { ko: "조건을 바꿔 주세요.", en: "Ask for others." },
  ),
  "download-source-failed": reason(
    "garim/closed",
    {
      ko: "주문을 읽는 중에 오류가 생겨 파일을 만들지 못했습니다.",
      en: "Reading the orders failed, so no file was made.",
    },
    {
      ko: "다시 해 주세요. 계속되면 운영자에게 알려 주세요.",
      en: "Try again; tell the operator if it goes on.",
    },
  ),
  "download-storage-failed": reason(
    "garim/closed",
    {
      ko: "파일을 저장할 곳이 없어 만들지 못했습니다.",
      en: "The file could not be stored, so none was made.",
    },
    { ko: "잠시 뒤 다시 해 주세요.", en: "Try again in a while." },
  ),
  "download-interrupted": reason(
    "garim/closed",
    {
      ko: "서버가 다시 시작되어 내려받기가 중단되었습니다.",
      en: "The server was restarted, and the download ended.",
    },
    { ko: "다시 요청해 주세요.", en: "Ask for it anew." },
  ),
  "download-cancelled": reason("garim/download", {
    ko: "요청한 사람이 취소했습니다.",
    en: "It was cancelled by whoever asked for it.",
  }),
  "download-link-ended": reason(
    "garim/download",
    {
      ko: "이미 받았거나 받을 수 있는 시간이 지난 파일입니다.",
      en: "The file was fetched already, or its time is over.",
    },
    { ko: "내려받기를 다시 요청해 주세요.", en: "Ask for the download anew." },
  ),
  "download-unknown": reason("garim/closed", {
    ko: "그런 내려받기가 없습니다.",
    en: "There is no such download.",
  }),
});
