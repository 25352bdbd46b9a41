import type { Visit } from '../../web/visit.ts';

/** The notice for organisers where answers pressed in calendars are not read; null where a mailbox is set. */
export function repliesNotReadNotice({ ctx, words: { t } }: Visit): { strong: string; text: string } | null {
  if (ctx.mail.readsReplies) return null;
  return {
    strong: t('Answers pressed in a calendar don’t reach Flipside.'),
    text: t(
      'Invitations say so and ask guests to use their buttons. To count calendar answers too, set IMAP_URL: the mailbox that e-mails come from.',
    ),
  };
}
