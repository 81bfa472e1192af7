/** An access to one's own data: of the endpoint `my-accesses`. */
export interface MyAccess {
  /** UTC milliseconds. */
  readonly at: number;
  readonly who: {
    readonly kindText: string;
    readonly seller: string | null;
    readonly tool: string | null;
  };
  readonly actionText: string;
  readonly outcome: string;
  readonly outcomeText: string;
  readonly purpose: string | null;
  readonly shown: "clear" | "masked" | "none";
  readonly because: string | null;
}

export interface MyAccessPage {
  readonly accesses: readonly MyAccess[];
  readonly next: number | null;
}
