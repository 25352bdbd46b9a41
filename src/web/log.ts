// The log: one line of JSON each. No line holds an address, a token, or what somebody typed.
import { type Logger, pino } from 'pino';

export type Log = Logger;

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Opens the log; lines go to the terminal if nothing else is said. */
export function openLog(level: LogLevel, to?: { write(line: string): void }): Log {
  const serializers = { err: loggable, error: loggable, req: nothing, res: nothing };
  return to ? pino({ level, serializers }, to) : pino({ level, serializers });
}

interface LoggedError {
  type: string;
  message: string;
  stack: string | undefined;
  code?: string;
  errors?: LoggedError[];
}

/** Keeps of an error what helps to find a mistake. A failed query names its values in its message; its cause does not. */
export function loggable(error: unknown): LoggedError {
  // The queue hands on copies that are no Error any more.
  const { cause } = (error ?? {}) as { cause?: unknown };
  const {
    name = 'Error',
    message = '',
    stack,
    code,
  } = (cause ?? error ?? {}) as Partial<LoggedError & Error>;
  const clean = withoutValues(String(message), code);
  return {
    type: name,
    message: clean,
    stack: stack?.replace(String(message), clean),
    ...(code !== undefined && { code: String(code) }),
    ...(error instanceof AggregateError && { errors: error.errors.map(loggable) }),
  };
}

/**
 * Removes quoted values from a message: those of a query that failed, and one that PostgreSQL cannot read (class 22,
 * data exception).
 */
function withoutValues(message: string, code: unknown): string {
  const [query = ''] = message.split('\nparams: ');
  return String(code).startsWith('22') ? query.replace(/"[^"]*"/g, '"…"') : query;
}

const nothing = () => undefined;
