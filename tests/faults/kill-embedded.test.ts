import { killAgainAndAgain } from './killing.ts';

killAgainAndAgain('embedded');
