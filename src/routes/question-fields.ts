import { textField } from '../web/forms.ts';

/** The words of a question, with a name or without. */
export const questionText = textField(
  280,
  'A question has at most 280 characters. Make it shorter, or ask two.',
).refine((text) => text !== '', 'Write your question first.');
