/** An access of somebody of one's own shop: of the endpoint `accesses`. */
export interface Access {
  readonly seq: number;
  /** UTC milliseconds. */
  readonly at: number;
  readonly actor: { readonly kind: string; readonly id: string; readonly kindText: string };
  readonly target: string | null;
  readonly action: string;
  readonly actionText: string;
  readonly outcome: string;
  readonly outcomeText: string;
  readonly because: string | null;
  readonly purpose: string | null;
  readonly ip: string;
  readonly records: number;
  readonly clear: number;
  readonly subjects: number;
}

export interface AccessPage {
  readonly accesses: readonly Access[];
  /** How many records of this page cannot be read. */
  readonly damaged: number;
  readonly next: number | null;
}
