// The overview's list of next steps, each a link to where it is done.
import { nextSteps, type Step, type StepPlace } from '../../domain/events/next-steps.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { Words } from '../../words.ts';

interface Shown extends Pick<SharedPage, 'event' | 'invitees' | 'topics' | 'questions'> {
  isOver: boolean;
  when: { dayText: string };
  answerByText: string | null;
}

interface More {
  decision: { day: string; isDue: boolean } | null;
  cancellationsUnderWay: number;
}

/** Lists what is done and what comes next, by the event's state. */
export function stepsIn(words: Words, shown: Shown, more: More, now: Temporal.Instant) {
  const steps = stepsOf(shown, more, now);
  const first = steps.findIndex(({ done }) => !done);
  const names = namesIn(words, shown, more);
  return {
    done: steps.filter(({ done }) => done).length,
    of: steps.length,
    list: steps.map(({ step, done, at }, index) => ({
      text: names[step],
      href: addressOf(shown.event, at),
      done,
      isNext: index === first,
      icon: done ? 'check' : index === first ? 'next' : 'open',
    })),
  };
}

function stepsOf({ event, invitees, topics, questions, isOver }: Shown, more: More, now: Temporal.Instant) {
  const today = now.toZonedDateTimeISO(event.timeZone).toPlainDate().toString();
  return nextSteps({
    state: event.state,
    wasPublished: event.publishedAt !== null,
    shape: event.shape,
    topics: topics.length,
    topicsWithoutTeam: topics.filter(({ hosts }) => hosts.length === 0).length,
    invited: invitees.length,
    answered: invitees.filter(({ state }) => state !== 'invited').length,
    questions,
    isOver,
    answersClosed: event.answerBy !== null && event.answerBy < today,
    cancellationsUnderWay: more.cancellationsUnderWay,
    decided: event.decideOn === null ? undefined : event.decidedAt !== null,
    isToBeDecided: more.decision?.isDue ?? false,
  });
}

function namesIn(
  { t }: Words,
  { when, answerByText: day, isOver, event }: Shown,
  { decision, cancellationsUnderWay }: More,
): Record<Step, string> {
  const isHeld = isOver && event.state === 'published';
  const isLate = isOver && event.state === 'draft';
  return {
    format: t('Pick a format'),
    trends: t('Choose trends and teams'),
    people: t('Choose whom to invite'),
    publish: t('Send the invitations'),
    questions: isHeld ? t('Read what was asked') : t('Open the question wall'),
    answers: day ? t('Collect the answers until {day}', { day }) : t('Collect the answers'),
    decide: decision ? t('Say go or no go, {day}', { day: decision.day }) : '',
    hold: isLate ? t('Choose a day to come') : t('Hold it, {day}', { day: when.dayText }),
    told: cancellationsUnderWay > 0 ? t('Tell everyone that it is cancelled') : t('Everyone has been told'),
    again: t('Plan another one like it'),
  };
}

function addressOf({ id, slug }: { id: number; slug: string }, at: StepPlace): string {
  const base = `/events/${id}`;
  const addresses: Record<StepPlace, string> = {
    edit: `${base}/edit`,
    teams: `${base}/edit#teams`,
    date: `${base}/edit#date`,
    answerBy: `${base}/edit#answerBy`,
    decideOn: `${base}/edit#decideOn`,
    decide: `${base}#decide`,
    people: `${base}/people`,
    choose: `${base}/people?add=1`,
    review: `${base}/review`,
    invitations: `${base}/invitations`,
    questions: `${base}/questions`,
    live: `${base}/live`,
    page: `/e/${slug}`,
    copy: `/events/new?copy=${id}`,
  };
  return addresses[at];
}
