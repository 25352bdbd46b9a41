// Why somebody has the trend they have, in words for that person: no name of another, nobody's rank, no wish.
import type { PublicReason } from '../../domain/teams/reasons.ts';
import type { Words } from '../../words.ts';

/** A tier from 0 in a sentence of its own: 'It’s your second choice.' */
function choiceSentence({ t }: Words, choice: number | null): string {
  if (choice === null) return '';
  const named = [
    t('It’s your first choice.'),
    t('It’s your second choice.'),
    t('It’s your third choice.'),
    t('It’s your fourth choice.'),
    t('It’s your fifth choice.'),
  ];
  return named[choice] ?? t('It’s your choice number {n}.', { n: choice + 1 });
}

/** One or two sentences: which choice it is, and what became of the first. */
export function givenReason(words: Words, choice: number | null, reason: PublicReason): string {
  return [choiceSentence(words, choice), whySentence(words, reason)].filter(Boolean).join(' ');
}

function fullSentence({ tn }: Pick<Words, 'tn'>, { n, by }: Extract<PublicReason, { kind: 'full' }>): string {
  if (by === 'settled')
    return tn(
      n,
      'Your first went to one person, by the published rule and what organisers had settled before.',
      'Your first went to {n} people, by the published rule and what organisers had settled before.',
    );
  if (by === 'even')
    return tn(
      n,
      'Your first went to one person. Where it counted the same, the mix of teams or a draw decided.',
      'Your first went to {n} people. Where it counted the same, the mix of teams or a draw decided.',
    );
  return tn(
    n,
    'Your first went to one person for whom it counted more by the published rule.',
    'Your first went to {n} people for whom it counted more by the published rule.',
  );
}

function whySentence({ t, tn }: Words, reason: PublicReason): string {
  switch (reason.kind) {
    case 'first':
      return '';
    case 'full':
      return fullSentence({ tn }, reason);
    case 'few':
      return t('Your first was wanted by too few people to make a team.');
    case 'order':
      return t('By the published rule, giving you a higher choice would have left others with less.');
    case 'by-hand':
      return t('Your organisers chose it for you. Write to them if you’d like to know more.');
    case 'unranked':
      return t('You hadn’t ranked any, so you have one that had room.');
    case 'outside':
      return t('None of the trends you ranked had room by the published rule, so you have one that did.');
    case 'none':
      return t('There was no place left this time. Your organisers know, and will be in touch.');
  }
}
