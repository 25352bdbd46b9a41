// The forms of the remote: what a button sends, and what a message says.
import { z } from 'zod';
import { longestMessage, minutesAPress, mostSecondsAgo } from '../../domain/live/press.ts';
import type { PressKind } from '../../domain/live/state.ts';
import { mostTables } from '../../domain/tables/plan.ts';
import { agoField, lineField } from '../../web/forms.ts';

const position = z.coerce.number().int().min(0).max(500);

/** Key and age of a press: the key is made with the form or by the phone, so that a press sent twice counts once. */
export const pressFields = {
  key: z.string().regex(/^[\w-]{8,80}$/),
  ago: agoField.default(0).transform((ago) => Math.min(ago, mostSecondsAgo)),
};

/** A button of the remote, with the fields that its kind needs. */
export const pressForm = z.object({
  ...pressFields,
  kind: z.enum([
    'start',
    'next',
    'skip',
    'minutes',
    'pause',
    'resume',
    'shorten',
    'drop',
    'turn',
    'end',
    'screen',
  ]),
  ends: z.enum(['later', 'on-time']).default('later'),
  from: position.default(0),
  block: position.default(0),
  by: z.enum([`${minutesAPress}`, `${-minutesAPress}`]).default(`${minutesAPress}`),
  shows: z.enum(['follow', 'black', 'code']).default('follow'),
});

/** Returns the press that a button stands for, with nothing that its kind does not need. */
export function pressOf({ kind, ends, from, block, by, shows }: z.output<typeof pressForm>): PressKind {
  switch (kind) {
    case 'start':
      return { kind, ends };
    case 'next':
    case 'skip':
    case 'turn':
      return { kind, from };
    case 'minutes':
      return { kind, from, by: Number(by) };
    case 'drop':
      return { kind, block };
    case 'screen':
      return { kind, shows, text: '' };
    default:
      return { kind };
  }
}

/** A message to the screen (`to` is 0) or to the hosts of a table. */
export const messageForm = z.object({
  ...pressFields,
  to: z.coerce.number().int().min(0).max(mostTables),
  text: lineField(longestMessage, 'A message has at most 140 characters. Make it shorter.').refine(
    (text) => text !== '',
    'Write the message in one sentence.',
  ),
});
