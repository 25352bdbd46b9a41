// The format of an event as it keeps it.
import { builtInFormat } from './built-in-formats.ts';
import { type FormatFacts, factsOfFormat } from './format.ts';

/** An event as far as its format goes; one that was made before copies were kept has none. */
export interface MadeFromFormat {
  /** Slug of the format. */
  format: string;
  formatFacts: FormatFacts | null;
}

/** Reads the copy an event keeps of its format, or the built-in one of that slug; null for a slug that is not ours. */
export function formatFactsOf({ format, formatFacts }: MadeFromFormat): FormatFacts | null {
  const builtIn = formatFacts ? undefined : builtInFormat(format);
  return formatFacts ?? (builtIn ? factsOfFormat(builtIn) : null);
}

/** Reads the name of an event's format as the event keeps it. */
export function formatNameOf(event: MadeFromFormat): string {
  return formatFactsOf(event)?.name ?? event.format;
}

/** Days before an event at which its hosts have prepared; 0 where nothing is prepared. */
export function briefDaysOf(event: MadeFromFormat): number {
  return formatFactsOf(event)?.deadlines.briefs ?? 0;
}
