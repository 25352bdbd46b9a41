// The draft against what guests and hosts know.
import type { plansOf, TablesOfEvent } from '../../actions/tables/evening.ts';
import { canTakeBack } from '../../actions/tables/publish.ts';
import { startOf, type Timed } from '../../domain/events/times.ts';
import { undoSeconds } from '../../domain/letters/timing.ts';
import type { Facts } from '../../domain/tables/facts.ts';
import { differing } from '../../domain/tables/plan.ts';
import type { Words } from '../../words.ts';
import { linesOf } from './facts-view.ts';
import { mostShown } from './room-view.ts';

export type Plans = Awaited<ReturnType<typeof plansOf>>;

/** An event with its tables, both plans, and the facts about the one that is shown. */
interface Drafted {
  event: Timed;
  tables: TablesOfEvent;
  plans: Plans;
  facts: Facts;
}

/** How the draft stands to what guests know, what is still open, and what came since. */
export function publicationOf(words: Words, { event, tables, plans, facts }: Drafted, now: Temporal.Instant) {
  const { published, publishedSeats } = plans;
  const expected = new Set(tables.people.map(({ id }) => id));
  const others = published
    ? differing(publishedSeats, plans.seats).filter((id) => expected.has(id)).length
    : 0;
  const seconds = published?.undo?.kind === 'published' && canTakeBack(plans, now) ? undoSeconds : 0;
  return {
    isPublished: published !== null,
    others,
    state: stateText(words, published !== null, others),
    tells: published !== null && others > 0 ? tellsText(words, event, now) : '',
    since: sinceText(words, published, facts),
    takeBackSeconds: seconds,
    open: linesOf(words, tables, facts, 'open').slice(0, mostShown),
    openMore: Math.max(0, facts.unseated.length + (facts.hasHosts ? facts.hostless.length : 0) - mostShown),
  };
}

function stateText({ t, tn }: Words, isPublished: boolean, others: number): string {
  if (!isPublished) return t('A draft. Guests and hosts see no tables yet.');
  if (others === 0) return t('Published. Guests and hosts see this plan.');
  return tn(
    others,
    'A draft: {n} person sits elsewhere than guests and hosts know.',
    'A draft: {n} people sit elsewhere than guests and hosts know.',
  );
}

/** Says who hears of the changes, and how. */
function tellsText({ t }: Words, event: Timed, now: Temporal.Instant): string {
  return Temporal.Instant.compare(now, startOf(event)) >= 0
    ? t(
        'The event has begun: people see it on their page, without an e-mail, and the screen shows who moves.',
      )
    : t('Those it touches get an e-mail, ten seconds after you publish it.');
}

/** How many came and left since a plan was published, and what that did to new meetings. */
function sinceText({ t }: Words, published: Plans['published'], facts: Facts): string {
  if (!published || published.came + published.gone === 0) return '';
  return t(
    '{came} came and {gone} left since you published; {n} of {all} meetings are new now ({before} when you published). Plan afresh?',
    {
      came: published.came,
      gone: published.gone,
      n: facts.newMeetings,
      all: facts.meetings,
      before: published.newMeetings,
    },
  );
}
