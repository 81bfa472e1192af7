import { describe, expect, it, vi } from "vitest";
import type { LogReader } from "../ask/reader.ts";
import { ReadPlaces, type Replica } from "./replica.ts";

const PRIMARY = { name: "primary" } as unknown as LogReader;
const COPY = { name: "copy" } as unknown as LogReader;
const AT_ONCE = { waitMs: 0, pauseMs: 0 };

/** A replica that has these many records, one question after another. */
function replicaWith(...lasts: readonly (number | Error)[]) {
  const left = [...lasts];
  const replica = {
    reader: COPY,
    onFault: vi.fn<Replica["onFault"]>(),
    database: {
      query: async () => {
        const last = left.length > 1 ? left.shift() : left[0];
        if (last instanceof Error) throw last;
        return { rows: [{ last: String(last) }] };
      },
    },
  } satisfies Replica;
  return replica;
}

describe("ReadPlaces", () => {
  it("reads the primary where there is no replica", async () => {
    const places = new ReadPlaces(PRIMARY);
    expect(await places.forPage(9)).toEqual({ reader: PRIMARY, behind: 0 });
    expect(await places.forFile(9)).toBe(PRIMARY);
  });

  it.each([
    [7, 1],
    [8, 0],
    [9, 0],
  ])(
    "tells of a replica with %i records how many it lacks from before record 9: %i",
    async (last, behind) => {
      const places = new ReadPlaces(PRIMARY, replicaWith(last), AT_ONCE);
      expect(await places.forPage(9)).toEqual({ reader: COPY, behind });
      expect(await places.forFile(9)).toBe(behind === 0 ? COPY : PRIMARY);
    },
  );

  it("waits until the replica has what came before", async () => {
    const places = new ReadPlaces(PRIMARY, replicaWith(5, 6, 8), { waitMs: 60_000, pauseMs: 1 });
    expect(await places.forPage(9)).toEqual({ reader: COPY, behind: 0 });
  });

  it("reads the primary while the replica cannot be asked, and tells of it once, through every narrowed view", async () => {
    const gone = new Error("gone");
    const replica = replicaWith(gone, gone, 8, gone);
    const places = new ReadPlaces(PRIMARY, replica, AT_ONCE);
    const narrowed = places.narrowed((reader) => reader);
    for (const one of [places, narrowed])
      expect(await one.forPage(9)).toEqual({ reader: PRIMARY, behind: 0 });
    expect(replica.onFault.mock.calls).toEqual([[gone]]);
    expect((await narrowed.forPage(9)).reader).toBe(COPY);
    expect(await places.forFile(9)).toBe(PRIMARY);
    expect(replica.onFault).toHaveBeenCalledTimes(2);
  });
});
