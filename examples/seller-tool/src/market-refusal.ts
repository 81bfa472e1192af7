/** An answer of the marketplace's API that is none of its data: RFC 9457, with reason and remedy. */
export class MarketRefusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(`The marketplace answered ${status}`);
    this.status = status;
    this.body = body;
  }
}
