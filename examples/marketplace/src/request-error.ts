/** Why a request cannot be answered. `garim.errors()` turns the status into problem JSON; the message stays in the house. */
export class RequestError extends Error {
  override readonly name: string = "RequestError";
  readonly status: number;

  constructor(status: 400 | 401 | 403 | 404 | 409 | 429, message: string) {
    super(message);
    this.status = status;
  }
}
