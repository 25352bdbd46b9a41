import { z } from 'zod';
import { joinTeam, leaveTeam, undoLeaving } from '../../../actions/teams/joining.ts';
import { idIn } from '../../../web/forms.ts';
import { noFields, submit } from '../../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../../web/visit.ts';
import { showTeam } from '../teams.ts';

/** Young talents join an open team, and leave it, in one press each. */
export function joiningRoutes(at: Pages): void {
  at.post('/teams/:id/joining', 'signed-in', (visit) => pressed(visit, joinTeam, 'joined'));
  at.post('/teams/:id/leaving', 'signed-in', (visit) => pressed(visit, leaveTeam));
  at.post('/teams/:id/leaving/withdrawal', 'signed-in', undo);
}

const undoForm = z.object({ press: z.string().max(100) });

const undo = (visit: SignedInVisit) =>
  submit(visit, undoForm, {
    act: async ({ press }) => {
      await undoLeaving(visit.ctx, visit.viewer.id, press);
      return `/teams/${idIn(visit.request)}?said=back`;
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: '',
  });

const pressed = (visit: SignedInVisit, act: typeof joinTeam, said = '') =>
  submit(visit, noFields, {
    act: async () => {
      await act(visit.ctx, visit.viewer.id, idIn(visit.request));
      return `/teams/${idIn(visit.request)}${said && `?said=${said}`}`;
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: '',
  });
