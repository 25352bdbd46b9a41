// The person who asks: the one thing we decorate a request with.
import type { FastifyRequest } from 'fastify';

/** The person who is signed in, as every page needs them. */
export interface Viewer {
  id: number;
  name: string;
  email: string;
  side: 'talent' | 'senior';
  isOrganiser: boolean;
  /** The zone they set for themselves; '' where they set none. */
  timeZone: string;
  /** Read along with the session, but not on the pages of an event, which say it themselves. */
  organisation: string | null;
  /** People to turn to, read in the same way. */
  /** Ground rules they are asked to accept; `own` is null for the usual ones. */
  openRules?: { own: readonly { rule: string; why: string }[] | null } | null;
  help?: readonly { name: string; email: string; phone: string }[];
}

export type Access =
  /** Open to the world. */
  | 'anyone'
  /** The holder of the personal link in the path (`:token`). */
  | 'link'
  /**
   * Anybody who sends no cookie and no other sign of who they are: only scripts of ours do, and such requests are not
   * logged.
   */
  | 'nameless'
  | 'signed-in'
  | 'organiser';

/** Finds the person of a session by the hash of its token. */
export type FindViewer = (tokenHash: string, request: FastifyRequest) => Promise<Viewer | null>;

declare module 'fastify' {
  interface FastifyRequest {
    person: Viewer | null;
  }
  interface FastifyContextConfig {
    access?: Access;
    /** Finds the viewer with what the pages of this address need besides, in one query. */
    findViewer?: FindViewer;
    /** Requests that carry no form token: none but what a machine sends. */
    withoutToken?: boolean;
    /** Accepts requests of other servers, as the address is a secret: no page of ours has to be their origin. */
    fromAnywhere?: boolean;
    /** Takes JSON from a script of ours; everything else is a form. */
    takesJson?: boolean;
    /** The most a file that is sent here may weigh, in bytes, where it is not `largestFile`. */
    largestFile?: number;
    /** Works after the season of its event has ended too: a wish about e-mails. */
    afterSeason?: boolean;
    /** A page only to change something: it closes with the season of its event, trend or team. */
    forChanges?: boolean;
    /** Never ends: a page that follows changes. */
    isStream?: boolean;
  }
}
