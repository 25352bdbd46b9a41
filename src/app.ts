import { join } from 'node:path';
import cookie from '@fastify/cookie';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { noteClosedPage } from './actions/audit/note.ts';
import type { Context } from './context.ts';
import { accountRoutes } from './routes/account.ts';
import { areaOf } from './routes/audit/areas.ts';
import { auditRoutes } from './routes/audit/log.ts';
import { calendarReplyRoutes } from './routes/calendar-replies.ts';
import { calendarRoutes } from './routes/calendars.ts';
import { componentRoutes } from './routes/components.ts';
import { demoRoutes } from './routes/demo.ts';
import { demoProgrammeRoutes } from './routes/demo-programme.ts';
import { eventDecisionRoutes } from './routes/event-decision.ts';
import { eventDoorRoutes } from './routes/event-door.ts';
import { viewerOf } from './routes/event-guest.ts';
import { eventInvitationRoutes } from './routes/event-invitations.ts';
import { eventNeedsRoutes } from './routes/event-needs.ts';
import { eventPageRoutes } from './routes/event-pages.ts';
import { eventPeopleRoutes } from './routes/event-people.ts';
import { eventPersonRoutes } from './routes/event-person.ts';
import { eventRoutes } from './routes/events.ts';
import { guestFormRoutes } from './routes/guest-forms.ts';
import { healthRoutes } from './routes/health.ts';
import { holdRoutes } from './routes/holds.ts';
import { homeRoutes } from './routes/home.ts';
import { letterWordsRoutes } from './routes/letter-words.ts';
import { waitingSinceChangeRoutes } from './routes/letters/waiting-since-change.ts';
import { liveRoutes } from './routes/live.ts';
import { mailboxRoutes } from './routes/mailbox.ts';
import { namelessRoutes } from './routes/nameless.ts';
import { peopleRoutes } from './routes/people.ts';
import { peopleImportRoutes } from './routes/people-import.ts';
import { questionDeskRoutes } from './routes/question-desk.ts';
import { questionHarvestRoutes } from './routes/question-harvest.ts';
import { questionListRoutes } from './routes/question-list.ts';
import { questionRulesRoutes } from './routes/question-rules.ts';
import { myQuestionRoutes } from './routes/questions/my-questions.ts';
import { questionRoutes } from './routes/questions.ts';
import { remindersOffRoutes } from './routes/reminders-off.ts';
import { setUpRoutes } from './routes/set-up.ts';
import { linksAndKeysRoutes } from './routes/settings/links-and-keys.ts';
import { withoutANameRoutes } from './routes/settings/without-a-name.ts';
import { signInRoutes } from './routes/sign-ins.ts';
import { teamQuestionRoutes } from './routes/team-questions.ts';
import { teamsRoutes } from './routes/teams.ts';
import { trendRoutes } from './routes/trend.ts';
import { trendsRoutes } from './routes/trends.ts';
import { trendsImportRoutes } from './routes/trends-import.ts';
import * as programmes from './store/events/programmes.ts';
import { type Hear, logAnswered, onAnswered } from './web/answered.ts';
import { assets } from './web/assets.ts';
import { compression } from './web/compression.ts';
import { errors } from './web/errors.ts';
import { forms } from './web/forms.ts';
import { guards } from './web/guards.ts';
import type { Log } from './web/log.ts';
import { pages } from './web/pages.ts';
import { type PressLimits, pressesAtOnce, pressesFor } from './web/presses-at-once.ts';
import { type RateLimits, rateLimits } from './web/rate-limits.ts';
import { requestIds } from './web/request-ids.ts';
import { securityHeaders } from './web/security-headers.ts';
import { session } from './web/session.ts';
import { serverOptions, type TimeOuts, usualTimeOuts } from './web/time-outs.ts';
import { noticeUndeclaredProxies, undeclaredProxy } from './web/undeclared-proxy.ts';
import { isUnencrypted } from './web/unencrypted.ts';
import { unreadableAddress, unreadableRequest } from './web/unreadable.ts';

export interface AppOptions {
  compress?: boolean;
  trustedProxies?: string[];
  log?: Log;
  /** Hears of every answered request, but of none below /anon/. */
  onAnswered?: Hear;
  timeOuts?: TimeOuts;
  rateLimits?: RateLimits;
  presses?: PressLimits;
}

/** The whole site over one Context: plugins, guards and error page first, then the routes. */
export async function buildApp(ctx: Context, options: AppOptions = {}): Promise<FastifyInstance> {
  const { log } = options;
  const isLogged = log !== undefined && log.level !== 'silent';
  const app: FastifyInstance = Fastify({
    ...(isLogged ? { loggerInstance: log as FastifyBaseLogger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(options.trustedProxies ?? []),
    trustProxy: options.trustedProxies?.length ? options.trustedProxies : false,
    bodyLimit: 1024 * 1024,
    ...serverOptions(options.timeOuts ?? usualTimeOuts),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: unreadableAddress(ctx.baseUrl),
    clientErrorHandler: unreadableRequest(ctx.baseUrl),
  });
  const files = assets(join(import.meta.dirname, '../static'));
  onAnswered(app, (answered, request) => {
    if (isLogged) logAnswered(answered, request.log);
    options.onAnswered?.(answered, request);
  });
  securityHeaders(app, ctx.baseUrl);
  noticeUndeclaredProxies(app);
  await app.register(cookie);
  await forms(app);
  session(app, ctx.baseUrl, (tokenHash, request) => viewerOf(ctx, tokenHash, request));
  await rateLimits(app, options.rateLimits);
  pressesAtOnce(app, options.presses ?? pressesFor(10));
  guards(app, ctx.baseUrl, (request, personId) => noteClosedPage(ctx, personId, areaOf(request)));
  if (options.compress) compression(app);
  await pages(app, {
    assets: files,
    baseUrl: ctx.baseUrl,
    frame: (request, said) => frame(ctx, request, said),
  });
  errors(app);
  files.routes(app);
  routes(app, ctx);
  return app;
}

function routes(app: FastifyInstance, ctx: Context): void {
  healthRoutes(app, ctx);
  homeRoutes(app, ctx);
  setUpRoutes(app, ctx);
  signInRoutes(app, ctx);
  accountRoutes(app, ctx);
  auditRoutes(app, ctx);
  linksAndKeysRoutes(app, ctx);
  withoutANameRoutes(app, ctx);
  mailboxRoutes(app, ctx);
  waitingSinceChangeRoutes(app, ctx);
  demoRoutes(app, ctx);
  demoProgrammeRoutes(app, ctx);
  eventRoutes(app, ctx);
  eventPeopleRoutes(app, ctx);
  eventPersonRoutes(app, ctx);
  eventNeedsRoutes(app, ctx);
  eventDoorRoutes(app, ctx);
  liveRoutes(app, ctx);
  eventDecisionRoutes(app, ctx);
  eventInvitationRoutes(app, ctx);
  holdRoutes(app, ctx);
  letterWordsRoutes(app, ctx);
  eventPageRoutes(app, ctx);
  guestFormRoutes(app, ctx);
  remindersOffRoutes(app, ctx);
  questions(app, ctx);
  peopleRoutes(app, ctx);
  peopleImportRoutes(app, ctx);
  calendarRoutes(app, ctx);
  calendarReplyRoutes(app, ctx);
  componentRoutes(app);
  trendsRoutes(app, ctx);
  trendRoutes(app, ctx);
  teamsRoutes(app, ctx);
  teamQuestionRoutes(app, ctx);
  trendsImportRoutes(app, ctx);
}

function questions(app: FastifyInstance, ctx: Context): void {
  questionRoutes(app, ctx);
  questionDeskRoutes(app, ctx);
  questionRulesRoutes(app, ctx);
  questionListRoutes(app, ctx);
  questionHarvestRoutes(app, ctx);
  namelessRoutes(app, ctx);
  myQuestionRoutes(app, ctx);
}

/** A page that does not say the organisation's name itself has it from the session, or asks for it. */
async function frame(ctx: Context, request: FastifyRequest, said: unknown) {
  const organisation =
    said ?? request.person?.organisation ?? (await programmes.current(ctx.db))?.organisation ?? 'Flipside';
  const forOrganisers = request.person?.isOrganiser === true;
  const proxy = forOrganisers ? undeclaredProxy(request) : undefined;
  const unencrypted = forOrganisers && isUnencrypted(ctx.baseUrl);
  return { organisation: String(organisation), demo: ctx.demo, proxy, unencrypted };
}
