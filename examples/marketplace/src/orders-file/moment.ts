/** ISO 8601 with seconds optional and a zone required. */
const WITH_ZONE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/** Reads a moment: ISO 8601 in UTC, or why it is none. A time without a zone is none: it could be nine hours off. */
export function readMoment(text: string): { readonly iso: string } | { readonly reason: string } {
  const parts = WITH_ZONE.exec(text);
  if (parts === null) return { reason: reasonOf(text) };
  const [, day = "", minute = "", second = ":00", zone = ""] = parts;
  const at = Date.parse(`${day}T${minute}${second}${zone}`);
  if (Number.isNaN(at) || !isRealDay(day))
    return { reason: `${JSON.stringify(text)} is no date of the calendar` };
  return { iso: new Date(at).toISOString() };
}

function reasonOf(text: string): string {
  const seen = JSON.stringify(text.slice(0, 40));
  if (!WITHOUT_ZONE.test(text)) return `${seen} is no moment; write it as 2026-10-31T09:00:00+09:00`;
  const time = text.length === 10 ? `${text}T00:00` : text.replace(" ", "T");
  return `${seen} has no time zone; for Korean time write ${time}+09:00`;
}

/** `Date.parse` takes 31 February as 3 March. */
function isRealDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
