import { joinTeam, leaveTeam } from '../../actions/teams/joining.ts';
import { idIn } from '../../web/forms.ts';
import { noFields, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { showTeam } from './teams.ts';

/** Young talents join an open team, and leave it, in one press each. */
export function joiningRoutes(at: Pages): void {
  at.post('/teams/:id/joining', 'signed-in', (visit) => pressed(visit, joinTeam, 'joined'));
  at.post('/teams/:id/leaving', 'signed-in', (visit) => pressed(visit, leaveTeam, 'left'));
}

const pressed = (visit: SignedInVisit, act: typeof joinTeam, said: string) =>
  submit(visit, noFields, {
    act: async () => {
      await act(visit.ctx, visit.viewer.id, idIn(visit.request));
      return `/teams/${idIn(visit.request)}?said=${said}`;
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: '',
  });
