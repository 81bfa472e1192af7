/** How the log stands: of the endpoint `auditor/status`. Moments are UTC milliseconds. */
export interface Status {
  readonly records: number;
  readonly recordedAt: number | null;
  readonly checkpoint: { readonly at: number; readonly until: number } | null;
  readonly verified: {
    readonly at: number;
    readonly isIntact: boolean;
    readonly records: number;
    readonly place: string;
  } | null;
  /** What the auditors' replica lacked when the page was opened. */
  readonly behind: number | null;
  readonly now: number;
}
