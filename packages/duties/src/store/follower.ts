/** Something of which every node keeps a copy. */
export interface FollowedRoom {
  /** The row of garim.version that every change of it raises. */
  readonly name: string;
  /** Loads what changed after a version, or everything where it is `null`; gives the version the copy has now. */
  load(since: number | null): Promise<number>;
}

/** Keeps a node's copies up to date. `createFollower` of `@garim/auth` fits as it is: one for all that the node follows. */
export interface FollowerPort {
  /** Loads a room, and follows it. `check` throws where the copy was not confirmed within the last second. */
  follow(room: FollowedRoom): Promise<{ check(): void }>;
}
