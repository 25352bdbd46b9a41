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
import { areaOf } from './routes/audit/areas.ts';
import { auditRoutes } from './routes/audit/log.ts';
import { calendarRoutes } from './routes/calendar/download.ts';
import { calendarReplyRoutes } from './routes/calendar/replies.ts';
import { componentRoutes } from './routes/components.ts';
import { demoRoutes } from './routes/demo/demo.ts';
import { demoProgrammeRoutes } from './routes/demo/programme.ts';
import { eventPageRoutes } from './routes/events/page.ts';
import { eventRoutes } from './routes/events/planning.ts';
import { eventNeedsRoutes } from './routes/guests/caterer.ts';
import { eventDoorRoutes } from './routes/guests/door.ts';
import { guestFormRoutes } from './routes/guests/forms.ts';
import { eventDecisionRoutes } from './routes/guests/go-no-go.ts';
import { eventPeopleRoutes } from './routes/guests/list.ts';
import { eventPersonRoutes } from './routes/guests/one.ts';
import { healthRoutes } from './routes/health.ts';
import { holdRoutes } from './routes/letters/holds.ts';
import { mailboxRoutes } from './routes/letters/mailbox.ts';
import { eventInvitationRoutes } from './routes/letters/of-event.ts';
import { remindersOffRoutes } from './routes/letters/reminders-off.ts';
import { waitingSinceChangeRoutes } from './routes/letters/waiting-since-change.ts';
import { letterWordsRoutes } from './routes/letters/words.ts';
import { peopleImportRoutes } from './routes/people/import.ts';
import { peopleRoutes } from './routes/people/people.ts';
import { questionHarvestRoutes } from './routes/questions/answers.ts';
import { questionDeskRoutes } from './routes/questions/desk.ts';
import { liveRoutes } from './routes/questions/live.ts';
import { myQuestionRoutes } from './routes/questions/my-questions.ts';
import { namelessRoutes } from './routes/questions/nameless.ts';
import { questionRulesRoutes } from './routes/questions/rules.ts';
import { teamQuestionRoutes } from './routes/questions/team-questions.ts';
import { questionListRoutes } from './routes/questions/typed-alike.ts';
import { questionRoutes } from './routes/questions/wall.ts';
import { linksAndKeysRoutes } from './routes/settings/links-and-keys.ts';
import { withoutANameRoutes } from './routes/settings/without-a-name.ts';
import { accountRoutes } from './routes/sign-in/account.ts';
import { homeRoutes } from './routes/sign-in/home.ts';
import { setUpRoutes } from './routes/sign-in/set-up.ts';
import { signInRoutes } from './routes/sign-in/sign-ins.ts';
import { teamsRoutes } from './routes/teams/teams.ts';
import { trendsImportRoutes } from './routes/trends/import.ts';
import { trendsRoutes } from './routes/trends/list.ts';
import { trendRoutes } from './routes/trends/one.ts';
import * as programmes from './store/events/programmes.ts';
import * as sessions from './store/sign-in/sessions.ts';
import { noteAddresses } from './web/addresses.ts';
import { type Hear, logAnswered, onAnswered } from './web/answered.ts';
import { assets } from './web/assets.ts';
import { compression } from './web/compression.ts';
import { errors } from './web/errors.ts';
import { forms } from './web/forms.ts';
import { guards } from './web/guards.ts';
import { speak } from './web/language.ts';
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
    frameworkErrors: unreadableAddress(ctx.baseUrl, ctx.words),
    clientErrorHandler: unreadableRequest(ctx.baseUrl, ctx.words),
  });
  const files = assets(join(import.meta.dirname, '../static'));
  onAnswered(app, (answered, request) => {
    if (isLogged) logAnswered(answered, request.log);
    options.onAnswered?.(answered, request);
  });
  speak(app, ctx.words);
  noteAddresses(app);
  securityHeaders(app, ctx.baseUrl);
  noticeUndeclaredProxies(app);
  await app.register(cookie);
  await forms(app);
  session(app, ctx.baseUrl, (tokenHash) => sessions.findPerson(ctx.db, tokenHash, ctx.now()));
  await rateLimits(app, options.rateLimits);
  pressesAtOnce(app, options.presses ?? pressesFor(10));
  guards(app, ctx.baseUrl, (request, personId) => noteClosedPage(ctx, personId, areaOf(ctx.words, request)));
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
  componentRoutes(app, ctx);
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
