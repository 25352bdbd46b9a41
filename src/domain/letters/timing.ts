// How long e-mails wait before they leave, and how long they are tried.
import { isSignIn, signInMinutes } from '../sign-in/sign-in.ts';

/** Seconds during which an act that mails many people can be undone. */
export const undoSeconds = 10;

/** Returns when such an act can no longer be undone, and its e-mails leave. */
export const undoEnds = (actedAt: Temporal.Instant) => actedAt.add({ seconds: undoSeconds });

/** Minutes between two e-mails about one guest's answer, so that pressing to and fro sends one and not ten. */
const minutesBetweenAnswers = 5;

/** Returns when the next e-mail about an answer may leave. */
export const nextAboutAnswer = (last: Temporal.Instant) => last.add({ minutes: minutesBetweenAnswers });

/** Hours during which a mail server that is busy is asked again. */
const hoursTried = 48;

/** Says whether an e-mail is given up. One that signs somebody in is worth nothing once its link and code have run out. */
export function isGivenUp(kind: string, since: Temporal.Instant, now: Temporal.Instant): boolean {
  const end = isSignIn(kind) ? since.add({ minutes: signInMinutes }) : since.add({ hours: hoursTried });
  return Temporal.Instant.compare(now, end) >= 0;
}
