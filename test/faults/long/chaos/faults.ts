import type { Chance } from "../../seeded.ts";
import type { Parts, Wires } from "../parts/parts.ts";

/** Something that goes wrong, and how it is put right. */
export interface Fault {
  readonly name: string;
  /** Which nodes it concerns. */
  readonly nodes: readonly number[];
  begin(): unknown;
  /** Resolves when the parts are back. */
  end(): unknown;
}

type Make = (parts: Parts, chance: Chance) => Fault;

const ALL = [0, 1];
const CLOCK_MS = 90_000;

const someNode = ({ nodes }: Parts, chance: Chance): number => chance.wholeBelow(nodes.length);

const KILLS: Readonly<Record<string, Make>> = {
  "node killed": (parts, chance) => {
    const node = someNode(parts, chance);
    return killing("node killed", parts, [node]);
  },
  "both nodes killed": (parts) => killing("both nodes killed", parts, ALL),
  "PostgreSQL killed": ({ postgres }) => ({
    name: "PostgreSQL killed",
    nodes: ALL,
    begin: () => postgres.kill(),
    end: () => postgres.restart(),
  }),
  "Redis killed": ({ redis }) => ({
    name: "Redis killed",
    nodes: ALL,
    begin: () => redis.kill(),
    end: () => redis.restart(),
  }),
  "PostgreSQL and a node killed": (parts, chance) => {
    const node = killing("", parts, [someNode(parts, chance)]);
    return {
      name: "PostgreSQL and a node killed",
      nodes: ALL,
      begin: () => Promise.all([parts.postgres.kill(), node.begin()]),
      async end() {
        await parts.postgres.restart();
        await node.end();
      },
    };
  },
};

const WIRES: Readonly<Record<string, Make>> = {
  "connections cut": onWire(
    "connections cut",
    (wire) => wire.cutAll(),
    () => undefined,
  ),
  "network closed": onWire(
    "network closed",
    (wire) => {
      wire.isOpen = false;
      wire.cutAll();
    },
    (wire) => {
      wire.isOpen = true;
    },
  ),
  "network silent": onWire(
    "network silent",
    (wire) => wire.vanish(),
    (wire) => wire.comeBack(),
  ),
  "network slow": (parts, chance) => {
    const delayMs = 30 + chance.below(400);
    return onWire(
      "network slow",
      (wire) => {
        wire.delayMs = delayMs;
      },
      (wire) => {
        wire.delayMs = 0;
      },
    )(parts, chance);
  },
};

const OTHERS: Readonly<Record<string, Make>> = {
  "Redis stands still": ({ redis }) => ({
    name: "Redis stands still",
    nodes: ALL,
    begin: () => redis.pause(),
    end: () => redis.resume(),
  }),
  "clock moved": (parts, chance) => {
    const node = someNode(parts, chance);
    const aheadMs = Math.round((chance.below(2) - 1) * CLOCK_MS);
    const isKept = chance.below(1) < 0.5;
    return {
      name: "clock moved",
      nodes: [node],
      begin: () => parts.nodes[node]?.setClock(aheadMs),
      end: () => (isKept ? undefined : parts.nodes[node]?.setClock(0)),
    };
  },
};

const DISK: Make = ({ disk, postgres, nodes }) => ({
  name: "disk full",
  nodes: [...nodes.keys()],
  begin: () => disk?.fill(),
  async end() {
    await disk?.makeRoom();
    // Where it could not write its own log it gave up, or is about to.
    await postgres.restart();
  },
});

/** Every kind of fault these parts can have. */
export function kindsOf({ disk }: Parts): readonly Make[] {
  const kinds = [...Object.values(KILLS), ...Object.values(WIRES), ...Object.values(OTHERS)];
  return disk === undefined ? kinds : [...kinds, DISK];
}

function killing(name: string, { nodes }: Parts, killed: readonly number[]): Fault {
  const each = (work: (node: Parts["nodes"][number]) => Promise<void>): Promise<unknown> =>
    Promise.all(nodes.filter((_, i) => killed.includes(i)).map(work));
  return {
    name,
    nodes: killed,
    begin: () => each((node) => node.kill()),
    // It is started again at once; that takes its time.
    end: () => each((node) => node.ready()),
  };
}

type Wire = Wires[keyof Wires];

function onWire(name: string, begin: (wire: Wire) => void, end: (wire: Wire) => void): Make {
  return (parts, chance) => {
    const node = someNode(parts, chance);
    const to = chance.below(1) < 0.6 ? "postgres" : "redis";
    const wire = parts.wires[node]?.[to];
    return {
      name: `${name} (${to === "postgres" ? "PostgreSQL" : "Redis"})`,
      nodes: [node],
      begin: () => wire && begin(wire),
      end: () => wire && end(wire),
    };
  };
}

/** How long a fault lasts, milliseconds: mostly short, now and then longer than anybody's patience. */
export function lengthOf(chance: Chance): number {
  return chance.below(1) < 0.2 ? 3_000 + chance.below(4_000) : 100 + chance.below(2_000);
}
