import { needs } from '../support/needs.ts';
import { killAgainAndAgain } from './killing.ts';

needs('postgresql')('on a PostgreSQL server', () => killAgainAndAgain('server'));
