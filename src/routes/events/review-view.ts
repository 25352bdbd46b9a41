// Everything that goes out because of an event, before anything is sent: invitations, reminders and the rest.
import { planIfSent } from '../../actions/letters/planned.ts';
import { decisionHour } from '../../domain/guests/quorum.ts';
import type { LetterKind } from '../../domain/letters/facts.ts';
import { letterNames } from '../../domain/letters/names.ts';
import type { Event } from '../../store/events/events.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { Words } from '../../words.ts';
import { momentOf } from '../letters/of-event-view.ts';
import { plannedIn } from '../letters/planned-view.ts';
import { dayText } from './page-view.ts';

/** A line of the table: an e-mail, to whom, when, and how many; null where that is counted when it goes out. */
interface Line {
  name: string;
  note: string;
  to: string;
  when: string;
  n: number | null;
}

interface Known {
  hosting: number;
  facilitator: string | null;
}

interface Shown extends Pick<SharedPage, 'invitees' | 'organiser'> {
  event: Event;
}

/** Lists every e-mail of the event, those of this moment first, then as they follow. */
export async function goesOutIn(
  words: Words,
  shown: Shown,
  known: Known,
  now: Temporal.Instant,
): Promise<Line[]> {
  const planned = await byTheClock(words, shown, now);
  return [...atOnce(words, shown, known), ...asTheyAnswer(words), ...planned];
}

const capitalised = (text: string) => text.replace(/^./u, (first) => first.toUpperCase());
const nameOf = ({ t }: Words, kind: LetterKind) => t(letterNames[kind]);

function atOnce(words: Words, { invitees }: Shown, { hosting, facilitator }: Known): Line[] {
  const { t } = words;
  const [note, when] = [t('with calendar invitation'), t('Now')];
  const leads = { name: nameOf(words, 'facilitator'), note: '', to: facilitator ?? '', when, n: 1 };
  return [
    { name: nameOf(words, 'invitation'), note, to: t('Guests'), when, n: invitees.length - hosting },
    {
      name: nameOf(words, 'invitation-host'),
      note,
      to: t('Young talents of the teams'),
      when,
      n: hosting,
    },
    ...(facilitator === null ? [] : [leads]),
  ];
}

function asTheyAnswer(words: Words): Line[] {
  const { t } = words;
  const line = (name: string, to: string, when: string): Line => ({ name, note: '', to, when, n: null });
  return [
    line(nameOf(words, 'confirmed'), t('Each who says yes'), t('As they answer')),
    line(nameOf(words, 'waiting'), t('Each who says yes when every seat is taken'), t('As they answer')),
    line(nameOf(words, 'seat-free'), t('The next on the waiting list'), t('As seats come free')),
    line(nameOf(words, 'organiser-news'), t('You, the organiser'), t('As it happens')),
  ];
}

async function byTheClock(words: Words, { event }: Shown, now: Temporal.Instant): Promise<Line[]> {
  const { t } = words;
  const planned = (await planIfSent(event, now)).map((one) => ({
    ...one,
    state: 'planned' as const,
    to: [],
  }));
  const reminders = plannedIn(words, planned, event, now).map(
    ({ name, whom, when }): Line => ({ name, note: '', to: capitalised(whom), when, n: null }),
  );
  const decision: Line = {
    name: nameOf(words, 'go-no-go'),
    note: '',
    to: t('You, the organiser'),
    when: event.decideOn
      ? t('{day}, {clock}', {
          day: dayText(words, event.decideOn, event.timeZone, now),
          clock: decisionHour,
        })
      : '',
    n: 1,
  };
  const start = Temporal.PlainDateTime.from(event.startsAt).toZonedDateTime(event.timeZone).toInstant();
  const noSeat: Line = {
    name: nameOf(words, 'no-seat'),
    note: '',
    to: t('Those still on the waiting list'),
    when: momentOf(words, start, event, now),
    n: null,
  };
  return [...(event.decideOn ? [decision] : []), ...reminders, noSeat];
}
