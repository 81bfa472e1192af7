import type { RunningServer } from "./process.ts";

/** A server and what it is asked. */
export interface Side {
  readonly server: Pick<RunningServer, "cpuTime">;
  sendRequests(count: number): Promise<unknown>;
}

export interface Rounds {
  readonly rounds: number;
  readonly requests: number;
  readonly warmUpRequests: number;
  /** Before each round, out of the clock. */
  prepare?(): Promise<unknown>;
}

/**
 * The CPU times a request of each side's server, side by side in rounds: who goes first changes by the round, so that a noisy neighbour
 * meets all.
 *
 * @returns microseconds a request: of each round, in the order of `sides`
 */
export async function measureSides(
  sides: readonly Side[],
  { rounds, requests, warmUpRequests, prepare }: Rounds,
): Promise<readonly (readonly number[])[]> {
  for (const side of sides) await side.sendRequests(warmUpRequests);
  const found: (readonly number[])[] = [];
  for (let round = 0; round < rounds; round++) {
    await prepare?.();
    const costs = new Map<Side, number>();
    for (const side of round % 2 === 0 ? sides : sides.toReversed())
      costs.set(side, await costOf(side, requests));
    found.push(sides.map((side) => costs.get(side) ?? Number.NaN));
  }
  return found;
}

/** How many times the other's cost the one's is, round by round. */
export function ratiosOf(costs: readonly (readonly number[])[]): readonly number[] {
  return costs.map(([one = Number.NaN, other = Number.NaN]) => one / other);
}

async function costOf({ server, sendRequests }: Side, requests: number): Promise<number> {
  const before = await server.cpuTime();
  await sendRequests(requests);
  return ((await server.cpuTime()) - before) / requests;
}
