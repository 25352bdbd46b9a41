import type { Voting } from '../../domain/trends/trend.ts';
import type { Words } from '../../words.ts';

export interface SectionWords {
  head: string;
  /** A line below the heading; may be empty. */
  text: string;
  /** Shown where it has no lines. */
  empty: { title: string; text: string };
}

interface VotingState {
  voting: Voting;
  /** The last day of voting; '' where none is set. */
  lastDay: string;
  /** Words that were looked for. */
  find: string;
}

/** Returns the heading of a section of the list, a line below it, and the words of an empty one. */
export function sectionWords(words: Words, key: string, now: VotingState): SectionWords {
  const { t } = words;
  const section = (head: string, text: string, ...[title, more]: [string, string]): SectionWords => ({
    head,
    text,
    empty: { title, text: more },
  });
  if (key === 'proposed')
    return section(
      now.voting === 'closed' ? t('Proposed') : t('Open for voting'),
      votingText(words, now),
      t('Nothing is waiting for votes'),
      t('What people propose shows up here.'),
    );
  const others = otherSections(words, now);
  return section(...(others[key] ?? others.mine!));
}

type Parts = [head: string, text: string, emptyTitle: string, emptyText: string];

function otherSections({ t }: Words, { find }: VotingState): Record<string, Parts> {
  return {
    shortlisted: [
      t('Shortlisted'),
      t('Organisers chose these. Teams and tables come next.'),
      t('The shortlist is empty'),
      t('Organisers put trends here once people have said what they want to know.'),
    ],
    parked: [
      t('Parked, with the reason'),
      '',
      t('Nothing is parked'),
      t('A trend that has to wait is kept here, with the reason.'),
    ],
    found: [
      t('Trends with “{find}”', { find }),
      '',
      t('No trend found'),
      t('No trend has these words. Look for fewer of them, or propose it.'),
    ],
    mine: [
      t('Proposed by you'),
      t('You can edit their wording until they are merged into another.'),
      t('You have not proposed a trend yet'),
      t('Someone has to be first. What did you explain to a colleague this week?'),
    ],
  };
}

function votingText({ t }: Words, { voting, lastDay: day }: VotingState): string {
  if (voting === 'closed') return t('Voting closed on {day}.', { day });
  return day
    ? t('Press what is true for you, until {day}. Numbers show after that, so nobody follows the crowd.', {
        day,
      })
    : t('Press what is true for you. Numbers show when voting closes, so nobody follows the crowd.');
}
