// An organiser's next steps for an event, worked out from its state: each leads to where it is done.

export interface EventSoFar {
  state: 'draft' | 'published' | 'cancelled';
  /** Whether its guests were ever told of it. */
  wasPublished: boolean;
  shape: 'tables' | 'room' | 'panel' | 'pair';
  topics: number;
  topicsWithoutTeam: number;
  invited: number;
  answered: number;
  questions: number;
  isOver: boolean;
  answersClosed: boolean;
  /** How many e-mails that say it is cancelled have not left yet. */
  cancellationsUnderWay: number;
  /** Whether somebody has to say go, and has; undefined where no day was set for it. */
  decided?: boolean | undefined;
  /** Whether the day to say go has come. */
  isToBeDecided?: boolean;
}

export type Step =
  | 'format'
  | 'trends'
  | 'people'
  | 'publish'
  | 'questions'
  | 'answers'
  | 'decide'
  | 'hold'
  | 'told'
  | 'again';

/** Pages of an event a step leads to; `teams`, `date`, `answerBy` and `decideOn` are places of its form. */
export type StepPlace =
  | 'edit'
  | 'teams'
  | 'date'
  | 'answerBy'
  | 'decideOn'
  | 'decide'
  | 'people'
  | 'choose'
  | 'review'
  | 'invitations'
  | 'questions'
  | 'live'
  | 'page'
  | 'copy';

export interface NextStep {
  step: Step;
  done: boolean;
  /** The place where it is done, or where one sees that it is. */
  at: StepPlace;
}

/** The steps in order, each done or not; the first that is not done is what comes next. */
export function nextSteps(event: EventSoFar): NextStep[] {
  if (event.state === 'cancelled') return afterCancellation(event);
  return event.isOver ? afterTheEvent(event) : aheadOf(event);
}

function aheadOf(event: EventSoFar): NextStep[] {
  const isDraft = event.state === 'draft';
  const steps: (NextStep | false)[] = [
    { step: 'format', done: true, at: isDraft ? 'edit' : 'page' },
    takesTopics(event) && {
      step: 'trends',
      done: event.topics > 0 && event.topicsWithoutTeam === 0,
      at: 'teams',
    },
    { step: 'people', done: event.invited > 0, at: event.invited > 0 ? 'people' : 'choose' },
    { step: 'publish', done: !isDraft, at: isDraft ? 'review' : 'invitations' },
    takesQuestions(event) && { step: 'questions', done: event.questions > 0, at: 'questions' },
    { step: 'answers', done: isAnswered(event), at: isDraft ? 'answerBy' : 'people' },
    event.decided !== undefined && {
      step: 'decide',
      done: event.decided,
      at: event.isToBeDecided ? 'decide' : 'decideOn',
    },
    { step: 'hold', done: false, at: isDraft ? 'date' : 'live' },
  ];
  return steps.filter((step) => step !== false);
}

/** In a pair the two bring their own topics. */
const takesTopics = ({ shape }: EventSoFar) => shape !== 'pair';

/** With one person on the list there is nobody whose question another could wonder about. */
const takesQuestions = ({ shape, invited }: EventSoFar) => shape !== 'pair' && invited !== 1;

const isAnswered = ({ state, answersClosed, answered, invited }: EventSoFar) =>
  state === 'published' && (answersClosed || (invited > 0 && answered >= invited));

function afterTheEvent(event: EventSoFar): NextStep[] {
  // A draft whose date has passed was never held: it gets another date.
  if (event.state === 'draft') {
    const steps = aheadOf(event).filter(({ step }) => step !== 'hold');
    return [{ step: 'hold', done: false, at: 'date' }, ...steps];
  }
  return [
    { step: 'publish', done: true, at: 'invitations' },
    { step: 'hold', done: true, at: 'people' },
    ...(takesQuestions(event) ? [{ step: 'questions', done: true, at: 'questions' } as const] : []),
    { step: 'again', done: false, at: 'copy' },
  ];
}

function afterCancellation({ wasPublished, cancellationsUnderWay }: EventSoFar): NextStep[] {
  const told: NextStep = { step: 'told', done: cancellationsUnderWay === 0, at: 'invitations' };
  return [...(wasPublished ? [told] : []), { step: 'again', done: false, at: 'copy' }];
}
