// Accepting the ground rules: who is reminded again.

/** Days in which one person is reminded once at most, however often an organiser presses. */
export const daysBetweenReminders = 7;
