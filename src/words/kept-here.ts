// Sentences about e-mails where no mail server is set up: nothing leaves, so no page says that it does. One list for all
// pages; what an e-mail itself says stays as it is, since it may leave later.
import type { Words } from '../words.ts';

/** Pairs of an English sentence about e-mails that leave, and the one that is said where they are kept. */
export const keptHere: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // After a press.
    'Voting is open again. Everyone who has voted gets an e-mail in ten seconds; closing it before then stops the e-mails.':
      'Voting is open again. An e-mail to everyone who has voted is kept here in ten seconds; closing it before then stops the e-mails.',
    'One e-mail goes out in ten seconds.': 'One e-mail is kept here in ten seconds.',
    '{n} e-mails go out in ten seconds.': '{n} e-mails are kept here in ten seconds.',
    'One e-mail goes out in {seconds} seconds.': 'One e-mail is kept here in {seconds} seconds.',
    '{n} e-mails go out in {seconds} seconds.': '{n} e-mails are kept here in {seconds} seconds.',
    'The e-mail goes out in {seconds} seconds.': 'The e-mail is kept here in {seconds} seconds.',
    'The e-mails go out in {seconds} seconds.': 'The e-mails are kept here in {seconds} seconds.',
    'The e-mails go out in ten seconds.': 'The e-mails are kept here in ten seconds.',
    'The reminders go out in ten seconds.': 'The reminders are kept here in ten seconds.',
    'The invitations go out in ten seconds.': 'The invitations are kept here in ten seconds.',
    'Your e-mail goes out in ten seconds.': 'Your e-mail is kept here in ten seconds.',
    'Those it touches get an e-mail, ten seconds after you publish it.':
      'E-mails to those it touches are kept here, ten seconds after you publish it.',
    'That e-mail will not go out.': 'That e-mail will not be written.',
    'That e-mail goes out at its time.': 'That e-mail is kept here at its time.',
    'The address is corrected, and an e-mail is on its way there.':
      'The address is corrected, and an e-mail to it is kept here.',
    'The e-mail is on its way again.': 'Another copy of the e-mail is kept here.',
    'A copy is on its way to you. Nobody else has it yet.':
      'A copy for you is kept here, under E-mails. Nobody else has it yet.',
    'A trial e-mail is on its way to you. Nothing was saved.':
      'A trial e-mail is kept here, under E-mails. Nothing was saved.',
    'The e-mails that waited are on their way. Those about events that are over stay here.':
      'The e-mails that waited are kept here. Those about events that are over stay as they are.',
    'Published. The e-mails leave in ten seconds.': 'Published. The e-mails are kept here in ten seconds.',
    '{name} is placed. The e-mails leave in ten seconds.':
      '{name} is placed. The e-mails are kept here in ten seconds.',
    '{n} people are placed. The e-mails leave in ten seconds.':
      '{n} people are placed. The e-mails are kept here in ten seconds.',
    'You have left the team. It hears in ten seconds.':
      'You have left the team. E-mails about it are kept here in ten seconds.',
    'Asked. You see here what they answer.':
      'The e-mail that asks them is kept here. You see here what they answer.',
    'Everyone in the team gets an e-mail, and their calendar follows.':
      'An e-mail to everyone in the team is kept here; its calendar entry goes with it.',
    'Planned. It goes into everyone’s calendar.':
      'Planned. The e-mails with the calendar entries are kept here.',
    'Moved. Everyone’s calendar follows.': 'Moved. The e-mails that say so are kept here.',
    'Cancelled. It leaves everyone’s calendar.': 'Cancelled. The e-mails that say so are kept here.',
    'One hour. It goes into everyone’s calendar.':
      'One hour. The e-mails with the calendar entries are kept here.',
    'Published on {day}. Everyone has heard.': 'Published on {day}. The e-mails are kept here.',
    'Everyone has heard of this already: nothing has changed since.':
      'The e-mails about this are kept here already: nothing has changed since.',
    'Saved. Everyone concerned gets an e-mail with the new time or place, in ten seconds.':
      'Saved. E-mails with the new time or place are kept here in ten seconds.',
    'Saved. We’ve e-mailed both addresses.': 'Saved. E-mails to both addresses are kept here.',
    'Cancelled. Everyone who was invited gets an e-mail.':
      'Cancelled. An e-mail to everyone who was invited is kept here.',
    'This event is cancelled. Everyone who had it in their calendar has been told.':
      'This event is cancelled. The e-mails that say so are kept here.',
    'Everyone has been told': 'The e-mails about it are kept here',
    'They lead the event now, and get an e-mail once the invitations are out.':
      'They lead the event now. An e-mail to them is kept here once you have invited people.',
    'Noted. The invitation is on its way.': 'Noted. The invitation is kept here.',
    'There is a new secret. {n} e-mail with a new link goes out in ten seconds.':
      'There is a new secret. {n} e-mail with a new link is kept here in ten seconds.',
    'There is a new secret. {n} e-mails with new links go out in ten seconds.':
      'There is a new secret. {n} e-mails with new links are kept here in ten seconds.',
    'The ten seconds are over and the e-mails are on their way.':
      'The ten seconds are over and the e-mails are kept here.',
    'The ten seconds are over and the e-mails are on their way. Change it again instead.':
      'The ten seconds are over and the e-mails are kept here. Change it again instead.',
    'Its guests have been told of {name}, so it stays. You can cancel it.':
      'Its invitations are kept here, so {name} stays. You can cancel it.',

    // Before a press.
    'Publish: one e-mail goes out': 'Publish: one e-mail is kept here',
    'Publish: {n} e-mails go out': 'Publish: {n} e-mails are kept here',
    'Only they hear: {names}.': 'They have news: {names}.',
    'Everyone hears what they got, and why. You can undo it for ten seconds.':
      'E-mails that say what each got, and why, are kept here. You can undo it for ten seconds.',
    'Everyone on the list hears, each with the calendar entry that fits. You can undo it for 10 seconds.':
      'E-mails to everyone on the list are kept here, each with the calendar entry that fits. You can undo it for 10 seconds.',
    'Each gets one e-mail with a link of their own. You can undo it for 10 seconds.':
      'One e-mail each, with a link of their own, is kept here. You can undo it for 10 seconds.',
    'An e-mail with the calendar entry follows to this address.':
      'An e-mail with the calendar entry is kept here for this address.',
    'What goes out, and to whom': 'What is written, and to whom',
    'What goes out next': 'What is written next',
    'Review what goes out': 'Review the e-mails',
    'Invitations sent': 'Invitations kept here',
    'E-mails that went out': 'E-mails that are kept here',
    'People and the e-mails they got': 'People and the e-mails to them',
    'Once the invitations are sent, this page shows who got which e-mail and what goes out next.':
      'Once you have invited people, this page shows which e-mails are kept here and what is written next.',
    'The address may be wrong. Correct it, and the e-mail goes out again.':
      'The address may be wrong. Correct it, and the e-mail is written again.',
    'You can take them all. Each gets an e-mail.': 'You can take them all. An e-mail to each is kept here.',
    'We e-mail guests about a new time or place. Other changes only appear on the event page.':
      'E-mails about a new time or place are kept here. Other changes only appear on the event page.',
    'After a no to an earlier event of this format, they can ask for an invitation to this one. We e-mail it to them.':
      'After a no to an earlier event of this format, they can ask for an invitation to this one. The e-mail is kept here.',
    'Everyone who has this event in their calendar gets an e-mail, and it leaves their calendar. Moving it to another date is often kinder.':
      'E-mails that say so are kept here: tell your guests yourself. Moving it to another date is often kinder.',
    'People you take off the list get an e-mail, and the event leaves their calendar.':
      'E-mails to people you take off the list are kept here: tell them yourself.',
    'If you change it, we e-mail both addresses and sign them out.':
      'If you change it, e-mails to both addresses are kept here, and we sign them out.',
    'The day after, we deactivate them. A week before, we e-mail them.':
      'The day after, we deactivate them. A week before, an e-mail to them is kept here.',
    'They get the same e-mail as if they had answered themselves.':
      'The same e-mail is kept here as if they had answered themselves.',
    'If someone may have got hold of the secret or of a link that isn’t theirs, a new secret ends every personal link that was sent. Guests of events to come get an e-mail with a new one, ten seconds later. Answers, questions and sign-ins stay as they are.':
      'If someone may have got hold of the secret or of a link that isn’t theirs, a new secret ends every personal link you have handed on. E-mails with new ones to guests of events to come are kept here, ten seconds later. Answers, questions and sign-ins stay as they are.',
    'Every e-mail Flipside wrote, newest first. “Sent” means that the guest’s mail server took it. Links and codes that open a door are not shown.':
      'Every e-mail Flipside wrote, newest first. “Kept here” means that it has not left Flipside.',

    // To guests and to people who sign in.
    'The calendar invitation is on its way to {email}.':
      'Flipside sends no e-mails here, so nothing comes to {email}. Add the event to your calendar below.',
    'Every seat is taken for now. The next free one goes to the person who has waited longest. We e-mail you when it’s yours.':
      'Every seat is taken for now. The next free one goes to the person who has waited longest. This page shows when it’s yours.',
    'Enough hosts have said yes for now. We e-mail you when a place comes free.':
      'Enough hosts have said yes for now. This page shows when a place comes free.',
    'As soon as the date is fixed you get an e-mail. Until {day} you can change your answer here.':
      'As soon as the date is fixed this page shows it. Until {day} you can change your answer here.',
    'Noted. Their invitation is on its way.':
      'Noted. Flipside sends no e-mails here, so ask your organiser for their invitation.',
    'We’ve e-mailed you the invitation.':
      'You’re on the list. Flipside sends no e-mails here, so ask your organiser for your invitation.',
    'You get an e-mail either way.': 'Your organiser tells you either way.',
    'We’ve sent you a link': 'Your link is ready',
    'It went to {email} and works for 48 hours, on any device.':
      'It is for {email} and works for 48 hours, on any device.',
    'We’ve sent it again.': 'We’ve written it again.',
    'We’ve e-mailed you a link and a code': 'Your link and code are ready',
    'If {email} is in the programme, the e-mail is on its way. The link works in this browser; the code works in any.':
      'If {email} is in the programme, the e-mail is kept here. The link works in this browser; the code works in any.',
    'We’ve e-mailed you a code': 'Your code is ready',
    'Sent to {email}. It works once, for ten minutes.': 'It is for {email}. It works once, for ten minutes.',
  }),
);

/** Returns words that say of e-mails that they are kept, as long as no mail server is set up. */
export function honestAbout(house: { mail: { configured: boolean }; words: Words }): Words {
  const { words } = house;
  const honest = (sentence: string) =>
    house.mail.configured ? sentence : (keptHere.get(sentence) ?? sentence);
  return {
    language: words.language,
    t: (sentence, params) => words.t(honest(sentence), params),
    tn: (count, one, many, params) => words.tn(count, honest(one), honest(many), params),
  };
}
