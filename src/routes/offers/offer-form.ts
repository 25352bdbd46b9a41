import { z } from 'zod';
import { longestOffer } from '../../domain/offers/offers.ts';
import type { OfferTopic } from '../../store/offers/offers.ts';
import { idListField, lineField, textField } from '../../web/forms.ts';
import type { Mistakes } from '../../web/submit.ts';

const line = (most: number, tooLong: string) => lineField(most, tooLong).prefault('');

/** Fields of an offer that its sender can change later. */
export const offerFields = {
  name: line(longestOffer.name, 'Shorten your name to 200 characters.').refine(
    (name) => name !== '',
    'Write your first and last name.',
  ),
  jobTitle: line(longestOffer.jobTitle, 'Shorten what you do to 200 characters.'),
  department: line(longestOffer.department, 'Shorten the department to 100 characters.'),
  why: textField(longestOffer.why, 'Shorten this to 400 characters.')
    .prefault('')
    .refine((why) => why !== '', 'Write one or two sentences about why you’d like to take part.'),
  topics: idListField,
  other: line(longestOffer.other, 'Shorten this topic to 100 characters.'),
  time: z.enum(['evening', 'team', 'pair'], { error: 'Choose how much time you have.' }),
};

/** Topics as boxes: ticked as they came back, else as they are stored. */
export function topicBoxes(
  topics: readonly OfferTopic[],
  { typed }: Pick<Mistakes, 'typed'>,
  stored: readonly number[] = [],
) {
  const sent = 'name' in typed ? [typed.topics ?? []].flat().map(String) : stored.map(String);
  return topics.map(({ id, sentence }) => ({ id, sentence, isTicked: sent.includes(String(id)) }));
}
