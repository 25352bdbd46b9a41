// Properties draw the same cases each time, so that a change is judged by itself; TEST_SEED=1 draws others.
import fc from 'fast-check';
import { declaredData } from '../../src/web/declared-data.ts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.TEST_SEED ?? 20_261_129) });

// A template that reads what its header does not name throws.
declaredData.isChecked = true;
