// All tables, by noun.
export * from './audit.ts';
export * from './calendar.ts';
export * from './chores.ts';
export * from './demo.ts';
export * from './events.ts';
export * from './guests.ts';
export * from './imports.ts';
export * from './letters.ts';
export * from './nameless.ts';
export * from './people.ts';
export * from './questions.ts';
export * from './run-of-show.ts';
export * from './sign-in.ts';
export * from './teams.ts';
export * from './trends.ts';
