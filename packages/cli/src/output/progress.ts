import type { Terminal } from "../terminal.ts";

/** Tells how far long work is. */
export interface Progress {
  /** @param done - of the total, absolute */
  tell(done: number): void;
  /** Takes the line away. */
  finish(): void;
}

const REDRAW_MS = 200;
const LINE_MS = 5_000;

/**
 * Shows progress and the time left on standard error: on a terminal as one line that is drawn over, elsewhere only where it was
 * asked for (`--progress`), as a line each five seconds.
 *
 * @param total - how much there is to do; 0 where nobody knows
 */
export function startProgress(terminal: Terminal, label: string, total: number, isAsked = false): Progress {
  const { isTty, now, draw, say } = terminal;
  if (!isTty.err && !isAsked) return { tell: () => undefined, finish: () => undefined };
  const beganAt = now();
  let shownAt = beganAt;
  return {
    tell: (done) => {
      const at = now();
      if (at - shownAt < (isTty.err ? REDRAW_MS : LINE_MS)) return;
      shownAt = at;
      const line = describeProgress(label, done, total, at - beganAt);
      if (isTty.err) draw(`\r\u001b[K${line}`);
      else say(line);
    },
    finish: () => {
      if (isTty.err) draw("\r\u001b[K");
    },
  };
}

/** `verifying 42 % (420,000 of 1,000,000), 1 min 20 s left`. */
export function describeProgress(label: string, done: number, total: number, elapsedMs: number): string {
  if (total <= 0) return `${label} ${group(done)}`;
  const share = Math.min(100, Math.floor((done / total) * 100));
  const left = done <= 0 ? "" : `, ${describeSeconds(((total - done) / done) * (elapsedMs / 1_000))} left`;
  return `${label} ${share} % (${group(done)} of ${group(total)})${left}`;
}

function describeSeconds(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

function group(count: number): string {
  return count.toLocaleString("en-US");
}
