/** What of a heap is of one class. */
export interface ClassShare {
  readonly count: number;
  readonly bytes: number;
}

/** By the name of the class; what V8 has for itself by its kind, in brackets. */
export type HeapClasses = ReadonlyMap<string, ClassShare>;

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly unknown[] };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** Sums a heap snapshot of Node by class: sizes are objects' own, so that their sum is the heap. */
export function readClasses(text: string): HeapClasses {
  const { snapshot, nodes, strings } = JSON.parse(text) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const kinds = types[0] as readonly string[];
  const [kindAt, nameAt, sizeAt] = ["type", "name", "self_size"].map((name) => fields.indexOf(name));
  const classes = new Map<string, ClassShare>();
  for (let node = 0; node < nodes.length; node += fields.length) {
    const at = (field = 0): number => nodes[node + field] ?? 0;
    const kind = kinds[at(kindAt)] ?? "";
    const name = kind === "object" ? (strings[at(nameAt)] ?? "") : `(${kind})`;
    const { count, bytes } = classes.get(name) ?? { count: 0, bytes: 0 };
    classes.set(name, { count: count + 1, bytes: bytes + at(sizeAt) });
  }
  return classes;
}

/** What grew most from one heap to another, the most first. */
export function listGrowth(
  before: HeapClasses,
  after: HeapClasses,
  most: number,
): readonly (readonly [name: string, grown: ClassShare])[] {
  return [...after]
    .map(([name, { count, bytes }]) => {
      const was = before.get(name) ?? { count: 0, bytes: 0 };
      return [name, { count: count - was.count, bytes: bytes - was.bytes }] as const;
    })
    .toSorted(([, one], [, other]) => other.bytes - one.bytes)
    .slice(0, most);
}
