// How long a no that was pressed on the page can be a mistake; then the event leaves that guest's calendar.

/** Minutes from a no on the page until the calendar entry goes. */
export const minutesUntilEntryGoes = 10;
