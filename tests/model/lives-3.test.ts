// Everything that can happen to an event, in orders nobody would think of: after each step the database says what a list
// on paper says, the invariants hold, and at the end everybody's calendar is right. Part 3 of 4.
import { livesOfPart } from './lives.ts';

await livesOfPart(3);
