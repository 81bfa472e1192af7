/** Errors that came from a driver. A verb's own, of a file for example, may have the same codes and mean something else. */
const driverErrors = new WeakSet<Error>();

/** Waits for a driver's answer, and remembers its error as the driver's. */
export async function askDriver<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error) driverErrors.add(error);
    throw error;
  }
}

/** Tells whether an error came from a driver. */
export function isDriverError(error: unknown): boolean {
  return error instanceof Error && driverErrors.has(error);
}
