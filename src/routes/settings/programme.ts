import { saveProgramme } from '../../actions/settings/programme.ts';
import { isReadOnly } from '../../domain/settings/seasons.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { countAcceptances } from '../../store/settings/acceptances.ts';
import * as seasons from '../../store/settings/seasons.ts';
import { messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { settingsHead } from '../audit/settings-head.ts';
import {
  arrangedTyped,
  asTypedSettings,
  isArranging,
  mistakesIn,
  programmeForm,
  settingsOf,
} from './programme-form.ts';
import { differences, fileRows, formData, guestsRead, rulesInWords } from './programme-view.ts';

/** Registers the settings of the programme: its name and days, what it is for, ground rules, people to turn to. */
export function programmeRoutes(at: Pages): void {
  at.get('/settings/programme', 'organiser', (visit) => show(visit));
  at.post('/settings/programme', 'organiser', save);
}

const messages = {
  saved: 'Saved. Guests see it at once.',
  file: 'Added. Guests see it at once.',
  'file-removed': 'Removed.',
  season: 'The new season has started. The one before stays readable.',
};

async function save(visit: SignedInVisit) {
  const { ctx, viewer, words } = visit;
  return submit(visit, programmeForm, {
    act: async (values) => {
      const mistakes = mistakesIn(words, values);
      if (mistakes.length > 0) return mistakes;
      const settings = settingsOf(values, rulesInWords(words, null));
      await saveProgramme(ctx, viewer.id, values.seen, settings);
      return '/settings/programme?said=saved';
    },
    again: (mistakes) => show(visit, mistakes),
    field: '',
    isLookingOnly: isArranging,
  });
}

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, words } = visit;
  const meanwhile = mistakes.stored as programmes.Programme | undefined;
  const programme = meanwhile ?? orNotFound(await programmes.current(ctx.db), 'page');
  const stored = asTypedSettings(programme, rulesInWords(words, programme.groundRules));
  const sent = isArranging(mistakes.typed) ? arrangedTyped(mistakes.typed) : mistakes.typed;
  const typed = mistakes === noMistakes ? stored : sent;
  // The revision that this was typed on top of; after a conflict, the one shown beside it.
  const seen = meanwhile ? meanwhile.settingsRevision : (typed.seen ?? programme.settingsRevision);
  return page(visit, 'settings/programme', {
    title: words.t('Programme'),
    tab: 'settings',
    message: messageFor(visit, messages),
    ...(await settingsHead(visit, 'programme')),
    ...formData(words, typed, ctx.now()),
    errors: mistakes.errors,
    status: mistakes.status,
    typed,
    seen,
    acceptance: programme.asksToAccept ? await countAcceptances(ctx.db, programme.id) : null,
    added: isArranging(mistakes.typed) ? String(mistakes.typed.press) : '',
    meanwhile: meanwhile ? differences(words, mistakes, stored) : [],
    files: fileRows(words, programme),
    earlier: (await seasons.all(ctx.db)).filter(isReadOnly).map(({ id, name }) => ({ id, name })),
    guests: guestsRead(programme, await programmes.newestPublished(ctx.db, programme.id)),
  });
}
