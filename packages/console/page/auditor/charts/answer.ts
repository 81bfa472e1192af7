/** As `Charts` of the endpoint's description. */
export interface Charts {
  readonly from: number;
  readonly to: number;
  readonly since: number;
  readonly step: "hour" | "day";
  readonly records: number;
  readonly subjects: number;
  readonly volume: readonly Readonly<Record<"at" | (typeof OUTCOMES)[number], number>>[];
  readonly subjectsPerHour: readonly { readonly at: number; readonly subjects: number }[];
  readonly week: readonly (readonly number[])[];
  readonly tools: readonly {
    readonly tool: string;
    readonly records: number;
    readonly subjects: number;
    readonly refused: number;
  }[];
  readonly toolCount: number;
  readonly past: readonly PastStretch[];
}

export interface PastStretch {
  readonly from: number;
  readonly to: number;
  readonly records: number;
  readonly subjects: number;
}

/** From the bottom of a column up. */
export const OUTCOMES = ["disclosed", "done", "refused"] as const;
