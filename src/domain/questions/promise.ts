// The words of what asking without a name promises: the same on the page, in e-mails and in the README.

export const promise =
  'Nobody can look up which question is yours: not the organisers, nor anyone with a copy of our database or its backups. Your question appears together with those of at least four other people. It does not protect you if your wording gives you away, if someone watches your screen or network, if the organisers invent guests, or if this program is changed. Lose this browser and your code, and you can no longer edit or withdraw.';

/** While the event is being held. */
export const promiseOnTheEvening =
  'Your question appears at once. Your name is not stored with it, and organisers cannot look it up. Anyone who watches the room or copies our database at that minute may guess. It does not protect you if your wording gives you away.';

/** Beside the box that publishes a question also where fewer than five people ask. */
export const mayStandAlone = 'If fewer than five people ask, yours may stand alone, and guests may guess.';
