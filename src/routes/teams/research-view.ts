import { earlierBriefsOn } from '../../actions/teams/earlier-briefs.ts';
import { mostOfBrief } from '../../actions/teams/research.ts';
import { readsBrief, worksOnTeam } from '../../domain/access.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { formatDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { briefDaysOf } from '../../domain/run-of-show/event-format.ts';
import {
  briefOpensOn,
  isBriefOpen,
  nextStep,
  type StepState,
  stepsOf,
  type TeamStep,
  tickedSteps,
} from '../../domain/teams/team-steps.ts';
import * as research from '../../store/teams/research.ts';
import type * as teams from '../../store/teams/teams.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { type Mistakes, typedIn } from '../../web/submit.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { listed, localeOf, type Words } from '../../words.ts';
import { sourcesOf } from './sources-view.ts';
import type { Place } from './team-places.ts';

/** Words of a brief that are read in three minutes. */
const quickRead = 350;

/** Steps and the brief of a team, for the readers of its page. */
export async function researchData(
  visit: SignedInVisit,
  { team, place, timeZone }: { team: teams.TeamWithMembers; place: Place | null; timeZone: string },
  mistakes: Mistakes,
) {
  const { ctx, viewer } = visit;
  const found = team.trendId === null ? null : await research.find(ctx.db, team.id, team.trendId);
  const ticked = found ? await research.ticked(ctx.db, found.id) : [];
  const event = place?.state === 'published' ? place : null;
  const progress = { hasTrend: team.trendId !== null, ticked, isPresented: event !== null && !event.coming };
  const steps = stepsOf(progress, event && { ...event, briefDays: briefDaysOf(event) });
  const works = worksOnTeam(viewer, team) && team.trendId !== null;
  const today = ctx.now().toZonedDateTimeISO(timeZone).toPlainDate();
  const reads = team.trendId !== null && readsBrief(viewer, team, isBriefOpen(steps, today));
  const brief = found && reads ? await briefOf(visit, found.id, timeZone) : null;
  return {
    works,
    steps: works ? stepRows(visit.words, steps) : [],
    next: works ? nextOf(visit.words, steps, brief?.words ?? 0, today) : null,
    brief,
    earlier: works && !brief ? await earlierOf(visit, team.trendId!, timeZone) : [],
    sources: works
      ? await sourcesOf(visit, { researchId: found?.id ?? null, teamId: team.id, timeZone }, mistakes)
      : null,
    form: works ? formOf(visit.words, steps, brief, mistakes) : null,
  };
}

/** Names of the steps, as something that is done. */
export const stepNames = ({ t }: Words): Record<TeamStep, string> => ({
  assigned: t('Assigned'),
  researched: t('Researched'),
  brief: t('Brief written'),
  rehearsed: t('Rehearsed'),
  presented: t('Presented'),
});

const iconOf = (isNext: boolean) => (isNext ? 'next' : 'dots');

function stepRows(words: Words, steps: readonly StepState[]) {
  const next = nextStep(steps)?.step;
  return steps.map(({ step, isDone, day }) => ({
    step,
    name: stepNames(words)[step],
    icon: isDone ? 'check' : iconOf(step === next),
    isDone,
    isNext: step === next,
    day: day ?? '',
    dayText: day === null ? '' : formatNearDay(day, localeOf(words)),
    canTick: tickedSteps.some((one) => one === step),
  }));
}

/** The next step in words, with its button. */
function nextOf(words: Words, steps: readonly StepState[], written: number, today: Temporal.PlainDate) {
  const { t } = words;
  const next = nextStep(steps);
  if (!next)
    return {
      step: '',
      title: t('Presented'),
      text: t('Well done. Your brief stays here.'),
      button: '',
      left: '',
    };
  const left = next.day ? today.until(next.day, { largestUnit: 'days' }).days : null;
  return {
    step: next.step,
    title: titleOf(words, next),
    ...nextTexts(words, written)[next.step],
    left: left === null ? '' : leftText(words, left),
  };
}

function titleOf(words: Words, { step, day: date }: StepState): string {
  const { t } = words;
  const day = date ? formatNearDay(date, localeOf(words)) : '';
  const titles: Record<TeamStep, [withDay: string, without: string]> = {
    assigned: ['', ''],
    researched: [t('Finish your research by {day}', { day }), t('Do your research')],
    brief: [t('Write the brief by {day}', { day }), t('Write the brief')],
    rehearsed: [t('Rehearse by {day}', { day }), t('Rehearse')],
    presented: [t('Ready for {day}', { day }), t('Ready to present')],
  };
  return titles[step][date ? 0 : 1];
}

function nextTexts({ t, tn }: Words, written: number): Record<TeamStep, { text: string; button: string }> {
  const page = t('One page your guests read in three minutes.');
  const soFar = tn(written, 'Yours has {n} word so far.', 'Yours has {n} words so far.');
  const brief = { text: written === 0 ? page : `${page} ${soFar}` };
  return {
    assigned: { text: '', button: '' },
    researched: {
      text: t('Read, ask around, and talk with people it already touches.'),
      button: t('Research is done'),
    },
    brief: { ...brief, button: written === 0 ? t('Begin writing') : t('Go on writing') },
    rehearsed: {
      text: t('Once aloud, in front of someone who does not know the topic.'),
      button: t('We have rehearsed'),
    },
    presented: { text: t('Nothing is left to prepare.'), button: '' },
  };
}

function leftText({ t, tn }: Words, left: number): string {
  if (left === 0) return t('That is today.');
  return left > 0 ? tn(left, '{n} day left', '{n} days left') : tn(-left, '{n} day late', '{n} days late');
}

/** A moment as people read it: 'Friday 4 December, 14:20'. */
export function momentText({ t }: Words, at: Temporal.Instant, timeZone: string, locale: string): string {
  const there = at.toZonedDateTimeISO(timeZone);
  const time = there.toPlainTime().toString({ smallestUnit: 'minute' });
  return t('{day}, {time}', { day: formatNearDay(there.toPlainDate().toString(), locale), time });
}

async function briefOf({ ctx, words }: SignedInVisit, researchId: number, timeZone: string) {
  const last = await research.version(ctx.db, researchId, 'last');
  if (!last) return null;
  const { number, text, savedAt, author } = last;
  const when = momentText(words, savedAt, timeZone, localeOf(words));
  return {
    number,
    text,
    words: last.words,
    html: text === '' ? null : renderMarkdown(text, { under: 2 }),
    savedText: author
      ? words.t('Saved {when}, by {name}', { when, name: author })
      : words.t('Saved {when}', { when }),
    authors: listed(await research.authors(ctx.db, researchId), words),
  };
}

/** Earlier briefs on a trend, to read and, for a team without a text, to begin with. */
export async function earlierOf({ ctx, words }: SignedInVisit, trendId: number, timeZone: string) {
  const found = await earlierBriefsOn(ctx, ctx.db, trendId);
  return found.map(({ researchId, text, savedAt, authors }) => {
    const day = formatDay(wallTimeOf(savedAt, timeZone), localeOf(words));
    return {
      researchId,
      title: words.t('Brief of {day}', { day }),
      by: authors.length > 0 ? words.t('By {names}', { names: listed(authors, words) }) : '',
      html: renderMarkdown(text, { under: 3 }),
    };
  });
}

type Brief = NonNullable<Awaited<ReturnType<typeof briefOf>>>;

function formOf(words: Words, steps: readonly StepState[], brief: Brief | null, mistakes: Mistakes) {
  const { t, tn } = words;
  const typed = typedIn(mistakes);
  const opens = briefOpensOn(steps);
  const signs = t('## heading, - list, **bold**, > quote.');
  const sees =
    opens === null
      ? t('Everyone can read it once you say it is written, with your names.')
      : t('Once it is written, everyone can read it from {day}, with your names.', {
          day: formatNearDay(opens, localeOf(words)),
        });
  return {
    text: typeof typed?.brief === 'string' ? typed.brief : (brief?.text ?? ''),
    begunWith: typeof typed?.begunWith === 'string' ? typed.begunWith : String(brief?.number ?? 0),
    hint: `${signs} ${sees}`,
    isWritten: steps.some(({ step, isDone }) => step === 'brief' && isDone),
    most: mostOfBrief,
    count: tn(
      brief?.words ?? 0,
      '{n} word; about {most} are read in three minutes',
      '{n} words; about {most} are read in three minutes',
      { most: quickRead },
    ),
  };
}
