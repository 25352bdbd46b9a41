// An organiser's next steps for an event, worked out from its state.

export interface EventSoFar {
  state: 'draft' | 'published' | 'cancelled';
  topics: number;
  topicsWithoutTeam: number;
  invited: number;
  answered: number;
  questions: number;
  isOver: boolean;
  hasAnswerBy: boolean;
  answersClosed: boolean;
  /** Whether somebody has to say go, and has; undefined where no day was set for it. */
  decided?: boolean | undefined;
}

export type Step = 'format' | 'trends' | 'people' | 'publish' | 'questions' | 'answers' | 'decide' | 'hold';

/** The steps in order, each done or not; the first that is not done is what comes next. */
export function nextSteps(event: EventSoFar): { step: Step; done: boolean }[] {
  const published = event.state !== 'draft';
  return [
    { step: 'format', done: true },
    { step: 'trends', done: event.topics > 0 && event.topicsWithoutTeam === 0 },
    { step: 'people', done: event.invited > 0 },
    { step: 'publish', done: published },
    { step: 'questions', done: event.questions > 0 },
    { step: 'answers', done: published && (event.answersClosed || event.answered >= event.invited) },
    ...(event.decided === undefined
      ? []
      : [{ step: 'decide' as const, done: event.decided || event.isOver }]),
    { step: 'hold', done: event.isOver },
  ];
}
