// News of research teams: steps whose day is near, who is in a team no more or newly in it, and places nobody took.
import { formatDay } from '../../domain/events/wall-time.ts';
import type { TeamNewsLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import type { LateStep } from '../../domain/teams/team-steps.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

type News<Kind> = Extract<TeamNewsLetter['news'], { kind: Kind }>;

/** Says which steps of which teams are due and not done; or who left or joined, and what becomes of the team's work. */
export function teamNews(facts: TeamNewsLetter, words: Words): LetterView {
  const { t } = words;
  const { news, organisation, organiser, programme, teamUrl } = facts;
  const said = saidOf(news, words);
  return {
    template: 'programme/lines',
    subject: said.subject,
    preheader: said.lines[0]!,
    kicker: programme,
    heading: t('{name}, {news}', { name: greetingOf(facts.recipient), news: said.heading }),
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: said.lines,
    buttons: [{ label: said.button, link: new Link(teamUrl), primary: true }],
  };
}

function saidOf(news: TeamNewsLetter['news'], words: Words) {
  switch (news.kind) {
    case 'late':
      return ofLateSteps(news, words);
    case 'left':
      return ofLeaving(news, words);
    case 'joined':
      return ofJoining(news, words);
    case 'unanswered':
      return ofUnanswered(news, words);
  }
}

function ofLateSteps({ steps }: News<'late'>, words: Words) {
  const { t, tn } = words;
  const n = steps.length;
  return {
    subject: tn(n, '{n} step of a team is due', '{n} steps of teams are due'),
    heading: tn(n, '{n} step is due and not ticked', '{n} steps are due and not ticked'),
    lines: [
      ...steps.map((step) => lineOf(step, words)),
      t('A short message to the team often helps. One press on their page ticks a step.'),
    ],
    button: n === 1 ? t('Open the team') : t('Open the teams'),
  };
}

function lineOf({ team, step, day: date, isToday }: { team: string } & LateStep, words: Words): string {
  const { t } = words;
  const day = formatDay(date, localeOf(words));
  const lines: Record<LateStep['step'], [today: string, soon: string]> = {
    assigned: [
      t('{team}: a trend is due today', { team }),
      t('{team}: a trend is due by {day}', { team, day }),
    ],
    researched: [
      t('{team}: the research is due today', { team }),
      t('{team}: the research is due by {day}', { team, day }),
    ],
    brief: [
      t('{team}: the brief is due today', { team }),
      t('{team}: the brief is due by {day}', { team, day }),
    ],
    rehearsed: [
      t('{team}: the rehearsal is due today', { team }),
      t('{team}: the rehearsal is due by {day}', { team, day }),
    ],
  };
  return lines[step][isToday ? 0 : 1];
}

function ofLeaving({ team, who, left, short = 0, isForOrganiser }: News<'left'>, { t, tn }: Words) {
  const stays = tn(left, '{n} person is left in the team.', '{n} people are left in the team.');
  return {
    subject: t('{who} is no longer in {team}', { who, team }),
    heading: t('{who} is no longer in {team}', { who, team }),
    lines: [
      `${stays} ${t('All steps keep their days.')}`,
      t('What {who} wrote stays in the brief, with their name.', { who }),
      ...(short > 0
        ? [
            tn(
              short,
              'The team is {n} person short of its least.',
              'The team is {n} people short of its least.',
            ),
          ]
        : []),
      isForOrganiser
        ? t('On the team’s page you can place someone else.')
        : t('If the work is too much now, write to the organiser.'),
    ],
    button: t('Open the team'),
  };
}

function ofJoining({ team, who, members, isForOrganiser }: News<'joined'>, { t, tn }: Words) {
  return {
    subject: t('{who} is in {team} now', { who, team }),
    heading: t('{who} is in {team} now', { who, team }),
    lines: [
      isForOrganiser
        ? tn(members, '{n} person is in the team now.', '{n} people are in the team now.')
        : tn(members, 'You are {n} person now.', 'You are {n} people now.'),
      isForOrganiser
        ? t('They took the place they were offered from the reserve list.')
        : t('Say hello, and show them how far you are.'),
    ],
    button: t('Open the team'),
  };
}

function ofUnanswered({ team, asked }: News<'unanswered'>, { t, tn }: Words) {
  return {
    subject: t('Nobody took the place in {team}', { team }),
    heading: t('nobody took the place in {team}', { team }),
    lines: [
      tn(
        asked,
        '{n} person of the reserve list was asked, and did not take it.',
        '{n} people of the reserve list were asked, and none took it.',
      ),
      t('On the team’s page you can place someone who has no team.'),
    ],
    button: t('Open the team'),
  };
}
