import { lt } from 'drizzle-orm';
import { forgetOldAuditLog } from '../actions/audit/note.ts';
import { forgetOldCommitment } from '../actions/guests/commitment.ts';
import { eraseOldNeeds } from '../actions/guests/needs.ts';
import { eraseOldOffers } from '../actions/offers/erasing.ts';
import { eraseOldPairWords } from '../actions/pairs/erasing.ts';
import { correctLinkHashes } from '../actions/sign-in/new-secret.ts';
import type { Context } from '../context.ts';
import { daysRepliesRemembered } from '../domain/calendar/replies.ts';
import { daysPressesKept } from '../domain/live/press.ts';
import { daysNotesKept } from '../domain/notes/notes.ts';
import { daysSentencesKept } from '../domain/notes/own-sentence.ts';
import { daysFailuresShown, daysLossesShown } from '../domain/questions/nameless.ts';
import { knownBrowserDays } from '../domain/sign-in/sign-in.ts';
import { daysWalkInsKept } from '../domain/tables/day.ts';
import * as replies from '../store/calendar/replies.ts';
import * as needs from '../store/guests/needs.ts';
import * as letters from '../store/letters/letters.ts';
import * as rehearsals from '../store/live/rehearsals.ts';
import * as runs from '../store/live/runs.ts';
import { eraseNotesBefore } from '../store/notes/notes.ts';
import { eraseSentencesBefore } from '../store/notes/own-sentences.ts';
import * as imports from '../store/people/imports.ts';
import * as envelope from '../store/questions/envelope.ts';
import { forgetOldChanges } from '../store/run-of-show/blocks.ts';
import { signIns } from '../store/schema/index.ts';
import * as attempts from '../store/sign-in/attempts.ts';
import * as knownBrowsers from '../store/sign-in/known-browsers.ts';
import * as sessions from '../store/sign-in/sessions.ts';
import { forgetWalkIns } from '../store/tables/day.ts';
import { forgetPresses } from '../store/teams/late-places.ts';
import * as skills from '../store/trends/skills.ts';

/** Days for which the words of letters are kept, where LETTERS_KEPT_DAYS says nothing else. */
const lettersKeptDays = 400;

/**
 * Deletes expired data: the words of old letters, sessions and sign-in letters that ran out, counts of tries, old imports,
 * which messages were read, offers nobody confirmed and those of ended seasons, needs of past events and of people taken off a list, plain names of people who came, presses of evenings, notes of tables, sentences guests kept, commitment, what
 * people of ended seasons wished of a partner,
 * the run of show as it was before its last change.
 */
export async function deleteExpired(ctx: Context): Promise<void> {
  const now = ctx.now();
  await sessions.removeExpired(ctx.db, now);
  await ctx.db.delete(signIns).where(lt(signIns.expiresAt, now.subtract({ hours: 24 })));
  await letters.removeDecoys(ctx.db, now.subtract({ hours: 24 }));
  await knownBrowsers.removeUnused(ctx.db, now.subtract({ hours: 24 * knownBrowserDays }));
  await letters.forgetWords(ctx.db, now.subtract({ hours: 24 * (ctx.lettersKeptDays ?? lettersKeptDays) }));
  await correctLinkHashes(ctx);
  await attempts.removeOld(ctx.db, now.subtract({ hours: 25 }));
  await imports.removeOld(ctx.db, now);
  await forgetPresses(ctx.db, now);
  await replies.forgetMessages(ctx.db, now.subtract({ hours: 24 * daysRepliesRemembered }));
  await needs.removeOfUninvited(ctx.db, now);
  await eraseOldNeeds(ctx);
  await forgetOldCommitment(ctx);
  await eraseOldOffers(ctx);
  await eraseOldPairWords(ctx);
  await skills.removeUnused(ctx.db);
  await forgetOldAuditLog(ctx);
  const dayBefore = (days: number) =>
    now
      .subtract({ hours: 24 * days })
      .toString()
      .slice(0, 10);
  await forgetOldChanges(ctx.db, now.subtract({ hours: 24 }));
  await forgetWalkIns(ctx.db, dayBefore(daysWalkInsKept));
  await eraseNotesBefore(ctx.db, dayBefore(daysNotesKept));
  await eraseSentencesBefore(ctx.db, dayBefore(daysSentencesKept));
  await rehearsals.removeOld(ctx.db, dayBefore(1));
  await runs.forgetPresses(ctx.db, dayBefore(daysPressesKept));
  await envelope.forgetAside(ctx.db, dayBefore(daysLossesShown));
  await envelope.forgetFailures(ctx.db, dayBefore(daysFailuresShown));
}
