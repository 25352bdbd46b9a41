import * as demo from '../../domain/demo/answers.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import type { Event } from '../../store/events/events.ts';
import * as events from '../../store/events/events.ts';
import * as answers from '../../store/guests/answers.ts';
import * as needs from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as presentations from '../../store/teams/presentations.ts';
import { type DemoProgress, idByName } from './filling.ts';

type Said = Pick<Parameters<typeof answers.add>[1], 'said' | 'late' | 'at'>;

/** The record of what everyone answered; `before`: what some had said earlier. */
async function record(
  { tx }: DemoProgress,
  event: Event,
  before: (invitee: rsvps.Invitee) => Said[] = () => [],
): Promise<void> {
  const words = { coming: 'yes', maybe: 'maybe', declined: 'no' } as const;
  for (const invitee of await rsvps.invitees(tx, event.id)) {
    const { personId, state, answeredAt } = invitee;
    if (answeredAt === null || !(state in words)) continue;
    const said = words[state as keyof typeof words];
    const earlier = before(invitee);
    const list = earlier.length > 0 ? earlier : [{ said, late: false, at: answeredAt }];
    for (const one of list) await answers.add(tx, { eventId: event.id, personId, way: 'page', ...one });
  }
}

/** Records for the held event who came, who did not, and who took back a yes. */
export async function recordAutumn(filling: DemoProgress, event: Event): Promise<void> {
  const { tx, people } = filling;
  const start = instantOf(event.startsAt, event.timeZone);
  await record(filling, event, ({ name, answeredAt }) => {
    const changed = demo.autumnChanged[name];
    if (!changed) return [];
    const at = start.subtract({ hours: changed.hoursBefore });
    return [
      { said: 'yes', late: false, at: answeredAt! },
      { said: 'no', late: changed.hoursBefore < 48, at },
    ];
  });
  const absent = new Set(demo.autumnAbsent);
  const seen = (await rsvps.invitees(tx, event.id)).filter(
    ({ state, name }) => state === 'coming' && !absent.has(name),
  );
  for (const [index, { personId }] of seen.entries()) {
    const at = start.subtract({ minutes: 12 }).add({ seconds: index * 25 });
    await rsvps.setPress(tx, event.id, personId, { id: `demo-${personId}`, here: true, at });
  }
  for (const [name, because] of Object.entries(demo.autumnReasons))
    await rsvps.setReason(tx, event.id, idByName(people, name), because);
  await presentations.writeDown(tx, event.id, filling.now);
}

/** Records food and access needs of those who come to the coming event, and its go/no-go day. */
export async function recordWinter(filling: DemoProgress, event: Event): Promise<void> {
  const { tx, now, people, dates } = filling;
  await record(filling, event);
  for (const [name, said] of Object.entries(demo.winterNeeds))
    await needs.put(tx, { eventId: event.id, personId: idByName(people, name) }, said, now);
  for (const [name, because] of Object.entries(demo.winterReasons))
    await rsvps.setReason(tx, event.id, idByName(people, name), because);
  const decideOn = Temporal.PlainDate.from(dates.winterAnswersUntil).add({ days: 1 }).toString();
  const facilitatorId = idByName(people, demo.winterFacilitator);
  await events.change(tx, event.id, { seniorQuorum: 12, talentQuorum: 10, decideOn, facilitatorId });
}
