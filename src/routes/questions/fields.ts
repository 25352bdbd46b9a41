import { z } from 'zod';
import { textField } from '../../web/forms.ts';

/** The words of a question, with a name or without. */
export const questionText = textField(
  280,
  'A question has at most 280 characters. Make it shorter, or ask two.',
).refine((text) => text !== '', 'Write your question first.');

/** Sent by a form that says that a facilitator reads first: that holds, also where the rule was changed meanwhile. */
export const saidReadFirst = z
  .literal('yes')
  .optional()
  .transform((value) => value === 'yes');

/** `?named=1` asks for the page's plain forms, which send the name along. */
export const namedField = z.literal('1').optional().catch(undefined);

/** Sent by the button that says so; without it nothing is stored with a name. */
export const withName = z.literal(
  'yes',
  'Your question was not sent. Choose first whether your name goes with it.',
);
