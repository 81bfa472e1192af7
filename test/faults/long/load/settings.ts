/** What the load maker is told when it starts. */
export interface LoadSettings {
  /** Of the nodes. */
  readonly ports: readonly number[];
  readonly seed: number;
  /** Staff of each seller who read. */
  readonly readers: number;
  /** Milliseconds a reader thinks between two requests, on average. */
  readonly thinkMs: number;
  /** Milliseconds a reader's session lasts, on average. */
  readonly sessionMs: number;
  /** Milliseconds between two confirmations. */
  readonly confirmMs: number;
}

/** What it is told later on. At the end it sends nothing more, and tells of every answer that was under way. */
export type LoadOrder = "start" | "end";

export const VARIABLE = "GARIM_FAULTS_LOAD";
