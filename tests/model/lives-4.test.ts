// Random sequences of everything that can happen to an event: after each step the database agrees with a simple model,
// the invariants hold, and at the end everybody's calendar is right. Part 4 of 4.
import { livesOfPart } from './lives.ts';

await livesOfPart(4);
