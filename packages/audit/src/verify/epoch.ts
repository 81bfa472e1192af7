/**
 * How PostgreSQL writes `extract(epoch from to_timestamp(ms / 1000.0))`: seconds with six decimals. It counts in microseconds, and
 * comes to them by way of a double, which beyond the year 2242 is not exact.
 */
export function epochText(ms: number): string {
  if (ms <= EXACT_MS) return `${Math.floor(ms / 1_000)}.${String(1_000 + (ms % 1_000)).slice(1)}000`;
  const text = roundAsPostgres(ms).toString();
  return `${text.slice(0, -6)}.${text.slice(-6)}`;
}

const EXACT_MS = 8_589_934_592_000;
const EPOCH_2000 = 946_684_800;

function roundAsPostgres(ms: number): bigint {
  const micros = (ms / 1_000 - EPOCH_2000) * 1e6;
  const floor = Math.floor(micros);
  // A double this large has a half at most, which goes to the even one.
  const isUp = micros - floor > 0.5 || (micros - floor === 0.5 && floor % 2 !== 0);
  return BigInt(isUp ? floor + 1 : floor) + BigInt(EPOCH_2000) * 1_000_000n;
}

/** Milliseconds of such a text; not whole where it has more. */
export function msOfEpoch(text: string): number {
  const [seconds = "", micros = ""] = text.split(".");
  return Number(seconds) * 1_000 + Number(micros.padEnd(6, "0")) / 1_000;
}
