// Who is asking: the one thing we decorate a request with.
import type { FastifyRequest } from 'fastify';

/** The person who is signed in, as every page needs them. */
export interface Viewer {
  id: number;
  name: string;
  email: string;
  side: 'talent' | 'senior';
  isOrganiser: boolean;
  /** Read along with the session, but not on the pages of an event, which say it themselves. */
  organisation: string | null;
}

export type Access =
  /** Open to the world. */
  | 'anyone'
  /** Whoever holds the personal link that is in the path (`:token`). */
  | 'link'
  /** Whoever sends no cookie and no other sign of who they are: only scripts of ours do, and such requests are not logged. */
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
    /** What other servers send to an address that is a secret: no page of ours has to be where it comes from. */
    fromAnywhere?: boolean;
    /** What a script of ours sends as JSON; everything else is a form. */
    takesJson?: boolean;
    /** What never ends: a page that follows. */
    isStream?: boolean;
  }
}
