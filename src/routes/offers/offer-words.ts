import type { OfferSide, OfferTime } from '../../domain/offers/offers.ts';
import { timesOf } from '../../domain/offers/offers.ts';
import type { Words } from '../../words.ts';

/** Amounts of time in words: what one offers, and what it comes to. */
const timeWords = ({ t }: Words): Record<OfferSide, Record<OfferTime, [label: string, hint: string]>> => ({
  talent: {
    evening: [t('One evening'), t('About 6 hours in all')],
    team: [t('A season in a team'), t('About 3 hours a week for 8 weeks')],
    pair: [t('A season and a pair'), t('And one hour a month with one senior')],
  },
  senior: {
    evening: [t('One evening'), t('Nothing to prepare')],
    team: [t('A season in a team'), ''],
    pair: [t('A season and a pair'), t('And one hour a month with a young talent')],
  },
});

/** Returns the amounts of time that a side can choose from. */
export function timeChoices(words: Words, side: OfferSide) {
  return timesOf[side].map((value) => {
    const [label, hint] = timeWords(words)[side][value];
    return { value, label, hint };
  });
}

/** Returns an amount of time as a tag. */
export const timeText = (words: Words, side: OfferSide, time: OfferTime) => timeWords(words)[side][time][0];

/** Returns what an offer is about: its topics, and one in the sender's own words. */
export function topicTexts({ t }: Words, topics: readonly string[], other: string): string[] {
  return [...topics, ...(other ? [t('Something else: {topic}', { topic: other })] : [])];
}
