/**
 * Says that garim itself failed, so that it can be reported: the kind of the error and where it came from. Not its message: a
 * driver's messages quote values.
 */
export function describeOwnFault(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return [`a fault of garim itself (${name}); please report these lines, no data is in them`, ...frames].join(
    "\n",
  );
}
