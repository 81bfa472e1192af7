/** Milliseconds of the clock that all processes of a machine share and that never goes back. */
export function moment(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
