import { median } from "../row.ts";
import type { Load } from "./load.ts";

const ROUNDS = 9;
const ROUND_SECONDS = 4;
const WARM_UP_SECONDS = 3;

/**
 * Measures answers a second of one beside the other, who goes first changing by the round: a noisy neighbour meets both.
 *
 * @returns the median over rounds of how many times the other's rate the one's is
 */
export async function compareLoads(one: Load, other: Load): Promise<number> {
  for (const load of [one, other]) await load.lastSeconds(WARM_UP_SECONDS);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = round % 2 === 0 ? one : other;
    const earlier = await first.lastSeconds(ROUND_SECONDS);
    const later = await (first === one ? other : one).lastSeconds(ROUND_SECONDS);
    ratios.push(first === one ? earlier / later : later / earlier);
  }
  return median(ratios);
}
