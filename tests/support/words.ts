// The language that tests read, unless they say otherwise.
import { words } from '../../src/words.ts';

export const english = words('en');
