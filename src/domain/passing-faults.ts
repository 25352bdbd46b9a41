// Faults of a database that pass: what was begun can be tried again.

/** SQLSTATE classes and codes of the driver: the connection is lost or refused, or somebody held a row for too long. */
const passing =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|CONNECTION_|CONNECT_TIMEOUT|08|40|53300|55P03|57P0[123]|57014)/;

/** Tells by its code, or that of its cause, whether an error will be gone when the same is done once more. */
export function isPassingFault(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && passing.test(code)) return true;
  return cause !== undefined && isPassingFault(cause);
}
