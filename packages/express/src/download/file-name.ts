import { koreanTime } from "@garim/audit";

/** Longer names trouble file systems: a Hangul syllable takes three bytes. */
const LONGEST = 60;

/** What would lead out of a folder, end a header, or turn the reading direction round. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}"\\/:*?<>|%;]/gu;

/** What `encodeURIComponent` leaves, though RFC 8187 wants it coded. */
const UNCODED = /['()*!]/g;

/** The name of a file: what it is of, and the day, Korean time. */
export function fileNameOf(name: string, at: number, extension: string): string {
  const safe = name
    .normalize("NFC")

    .replace(UNSAFE, "")
    .replace(/^[.\s]+/, "")
    .trim();
  return `${[...safe].slice(0, LONGEST).join("") || "download"}-${koreanTime(at).slice(0, 10)}${extension}`;
}

/**
 * The header that names a file to be kept, in letters of any script.
 *
 * @source RFC 6266, RFC 8187
 */
export function attachmentOf(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]/g, "_").replace(/["\\]/g, "_");
  const coded = encodeURIComponent(fileName).replace(
    UNCODED,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`;
}
