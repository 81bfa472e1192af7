import { median } from "../row.ts";
import type { AppName } from "./apps.ts";
import { openLoad } from "./load.ts";
import { logIn, logInToExpressSession, type Proof } from "./person.ts";
import { type RunningServer, startServers } from "./process.ts";
import { type Addresses, onServices, type ServiceName } from "./services.ts";
import { SELLER_HEADER, SELLERS } from "./shop.ts";
import { measureSides, ratiosOf, type Side } from "./sides.ts";

const PATH = "/orders/20";
/** How heaps and processors happen to lie moves a figure by some per cent: it is asked of several processes. */
const STARTS = 5;
/** Short turns: what disturbs one side for a while disturbs the other too. */
const ROUNDS = { rounds: 16, requests: 1_600, warmUpRequests: 12_800 };

type ProvedApp = Extract<AppName, "proved" | "express-session">;

const LOG_IN: Readonly<Record<ProvedApp, (port: number, seller: number) => Promise<Proof>>> = {
  proved: logIn,
  "express-session": logInToExpressSession,
};

/**
 * The median of one app's CPU time a request to another's, both in one process, in turns: two processes of the same app differ by up to
 * 8 %, by how their heaps came to lie and by who wakes whom.
 *
 * A request is one of 64 people's, each on a connection of their own.
 *
 * @returns `undefined` where a service cannot be started here, which is said then
 */
export async function compareCosts(
  one: ProvedApp,
  other: ProvedApp | "bare",
  services: readonly ServiceName[],
): Promise<number | undefined> {
  const ratios: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const found = await onServices(services, (addresses) => compareOnce(one, other, addresses));
    if (found === undefined) return undefined;
    ratios.push(...found);
  }
  return median(ratios);
}

async function compareOnce(
  one: ProvedApp,
  other: ProvedApp | "bare",
  addresses: Addresses,
): Promise<readonly number[]> {
  const [ours, theirs] = (await startServers([one, other], addresses)) as [RunningServer, RunningServer];
  try {
    const people = await logInAll(ours, one);
    // A bare app is sent the same headers: they have to be read there, too.
    const others = other === "bare" ? people : await logInAll(theirs, other);
    const sides = [openSide(ours, people), openSide(theirs, others)];
    return ratiosOf(await measureSides(sides, ROUNDS));
  } finally {
    ours.stop();
  }
}

async function logInAll({ port }: RunningServer, app: ProvedApp): Promise<readonly Proof[]> {
  const people = await Promise.all(SELLERS.map((_, seller) => LOG_IN[app](port, seller)));
  await checkRefusal(port, app);
  return people;
}

/** A figure of a server that lets everybody in would be no figure. */
async function checkRefusal(port: number, app: ProvedApp): Promise<void> {
  const { status } = await fetch(`http://127.0.0.1:${port}${PATH}`, { headers: { [SELLER_HEADER]: "0" } });
  if (status !== 401) throw new Error(`The ${app} server answers ${status} to somebody without a session`);
}

function openSide(server: RunningServer, people: readonly Proof[]): Side {
  return { server, ...openLoad(server.port, PATH, people) };
}
