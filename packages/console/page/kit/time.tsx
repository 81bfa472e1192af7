import type { JSX } from "preact";
import { dayText, timeText } from "./words.ts";

interface TimeProps {
  /** UTC milliseconds. */
  readonly at: number;
  /** Only the day. */
  readonly isDay?: boolean;
}

/** A moment in Korea, with that of Greenwich where the pointer rests. */
export function Time({ at, isDay = false }: TimeProps): JSX.Element {
  const utc = new Date(at).toISOString();
  return (
    <time dateTime={utc} title={`${utc.slice(0, 19).replace("T", " ")} UTC`}>
      {isDay ? dayText(at) : timeText(at)}
    </time>
  );
}
