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
import { auditRoutes } from './routes/audit/log.ts';
import { areaOf } from './routes/audit/subjects.ts';
import { calendarRoutes } from './routes/calendar/download.ts';
import { putAsideRoutes } from './routes/calendar/put-aside.ts';
import { calendarReplyRoutes } from './routes/calendar/replies.ts';
import { componentRoutes } from './routes/components.ts';
import { datesRoutes } from './routes/dates/dates.ts';
import { guestDatesRoutes } from './routes/dates/guest-dates.ts';
import { demoRoutes } from './routes/demo/demo.ts';
import { demoProgrammeRoutes } from './routes/demo/programme.ts';
import { eventPageRoutes } from './routes/events/page.ts';
import { eventRoutes } from './routes/events/planning.ts';
import { eventSeriesRoutes } from './routes/events/series.ts';
import { eventNeedsRoutes } from './routes/guests/caterer.ts';
import { eventDoorRoutes } from './routes/guests/door.ts';
import { guestFormRoutes } from './routes/guests/forms.ts';
import { eventDecisionRoutes } from './routes/guests/go-no-go.ts';
import { eventPeopleRoutes } from './routes/guests/list.ts';
import { guestListFileRoutes } from './routes/guests/list-file.ts';
import { noMoreInvitationsRoutes } from './routes/guests/no-more-invitations.ts';
import { eventPersonRoutes } from './routes/guests/one.ts';
import { healthRoutes } from './routes/health.ts';
import { holdRoutes } from './routes/letters/holds.ts';
import { mailboxRoutes } from './routes/letters/mailbox.ts';
import { messageRoutes } from './routes/letters/messages.ts';
import { eventInvitationRoutes } from './routes/letters/of-event.ts';
import { remindersOffRoutes } from './routes/letters/reminders-off.ts';
import { waitingSinceChangeRoutes } from './routes/letters/waiting-since-change.ts';
import { liveRoutes } from './routes/live/live.ts';
import { noteRoutes } from './routes/notes/notes.ts';
import { joinInRoutes } from './routes/offers/join-in.ts';
import { offerListRoutes } from './routes/offers/list.ts';
import { ownOfferRoutes } from './routes/offers/own-offer.ts';
import { pairsRoutes } from './routes/pairs/pairs.ts';
import { peopleImportRoutes } from './routes/people/import.ts';
import { peopleRoutes } from './routes/people/people.ts';
import { questionHarvestRoutes } from './routes/questions/answers.ts';
import { questionDeskRoutes } from './routes/questions/desk.ts';
import { myQuestionRoutes } from './routes/questions/my-questions.ts';
import { namelessRoutes } from './routes/questions/nameless.ts';
import { ownQuestionRoutes } from './routes/questions/own-question.ts';
import { questionListRoutes } from './routes/questions/question-list.ts';
import { roomRoutes } from './routes/questions/room.ts';
import { questionRulesRoutes } from './routes/questions/rules.ts';
import { teamQuestionRoutes } from './routes/questions/team-questions.ts';
import { questionRoutes } from './routes/questions/wall.ts';
import { formatRoutes } from './routes/run-of-show/formats.ts';
import { runOfShowRoutes } from './routes/run-of-show/run.ts';
import { noticeAt, refusePressesOnEnded } from './routes/settings/ended-seasons.ts';
import { groundRulesRoutes } from './routes/settings/ground-rules.ts';
import { linksAndKeysRoutes } from './routes/settings/links-and-keys.ts';
import { materialFileRoutes } from './routes/settings/material-files.ts';
import { nextSeasonRoutes } from './routes/settings/next-season.ts';
import { programmeRoutes } from './routes/settings/programme.ts';
import { rulesInWords } from './routes/settings/programme-view.ts';
import { withoutANameRoutes } from './routes/settings/without-a-name.ts';
import { accountRoutes } from './routes/sign-in/account.ts';
import { homeRoutes } from './routes/sign-in/home.ts';
import { setUpRoutes } from './routes/sign-in/set-up.ts';
import { signInRoutes } from './routes/sign-in/sign-ins.ts';
import { tableRoutes } from './routes/tables/all.ts';
import { assignmentRoutes } from './routes/teams/assignment.ts';
import { recordRoutes } from './routes/teams/credit/record.ts';
import { teamLifeRoutes } from './routes/teams/life/team-life.ts';
import { rankingRoutes } from './routes/teams/ranking.ts';
import { researchRoutes } from './routes/teams/research.ts';
import { sourceRoutes } from './routes/teams/sources.ts';
import { teamsRoutes } from './routes/teams/teams.ts';
import { trendsImportRoutes } from './routes/trends/import.ts';
import { trendsRoutes } from './routes/trends/list.ts';
import { trendRoutes } from './routes/trends/one.ts';
import { organiseTrendsRoutes } from './routes/trends/organise.ts';
import * as programmes from './store/events/programmes.ts';
import * as sessions from './store/sign-in/sessions.ts';
import { noteAddresses } from './web/addresses.ts';
import { type AnsweredListener, logAnswered, onAnswered } from './web/answered.ts';
import { assets } from './web/assets.ts';
import { compression } from './web/compression.ts';
import { errors } from './web/errors.ts';
import { forms } from './web/forms.ts';
import { guards } from './web/guards.ts';
import { speak, wordsFor } from './web/language.ts';
import type { Log } from './web/log.ts';
import { type Frame, pages } from './web/pages.ts';
import { type PressLimits, pressesAtOnce, pressesFor } from './web/presses-at-once.ts';
import { type RateLimits, rateLimits } from './web/rate-limits.ts';
import { requestIds } from './web/request-ids.ts';
import { securityHeaders } from './web/security-headers.ts';
import { session } from './web/session.ts';
import { serverOptions, type TimeOuts, usualTimeOuts } from './web/time-outs.ts';
import { noticeUndeclaredProxies, undeclaredProxy } from './web/undeclared-proxy.ts';
import { isUnencrypted } from './web/unencrypted.ts';
import { unreadableAddress, unreadableRequest } from './web/unreadable.ts';
import { type Pages, pagesAt } from './web/visit.ts';
import { honestAbout } from './words/kept-here.ts';

export interface AppOptions {
  compress?: boolean;
  trustedProxies?: string[];
  log?: Log;
  /** Hears of every answered request, but of none below /anon/. */
  onAnswered?: AnsweredListener;
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
  speak(app, honestAbout(ctx));
  noteAddresses(app);
  securityHeaders(app, ctx.baseUrl);
  noticeUndeclaredProxies(app);
  await app.register(cookie);
  await forms(app);
  session(app, ctx.baseUrl, (tokenHash) => sessions.findPerson(ctx.db, tokenHash, ctx.now()));
  await rateLimits(app, options.rateLimits);
  pressesAtOnce(app, options.presses ?? pressesFor(10));
  guards(app, ctx.baseUrl, (request, personId) => noteClosedPage(ctx, personId, areaOf(request)));
  if (options.compress) compression(app);
  await pages(app, {
    assets: files,
    baseUrl: ctx.baseUrl,
    ...frames(ctx),
  });
  errors(app);
  files.routes(app);
  routes(pagesAt(app, ctx));
  return app;
}

function routes(at: Pages): void {
  refusePressesOnEnded(at.app, at.ctx);
  healthRoutes(at);
  homeRoutes(at);
  setUpRoutes(at);
  signInRoutes(at);
  accountRoutes(at);
  auditRoutes(at);
  settings(at);
  mailboxAndFormats(at);
  pairsRoutes(at);
  demoRoutes(at);
  demoProgrammeRoutes(at);
  eventRoutes(at);
  eventSeriesRoutes(at);
  eventPeopleRoutes(at);
  guestListFileRoutes(at);
  eventPersonRoutes(at);
  eventNeedsRoutes(at);
  eventDoorRoutes(at);
  evening(at);
  eventDecisionRoutes(at);
  eventInvitationRoutes(at);
  holdRoutes(at);
  eventPageRoutes(at);
  guestFormRoutes(at);
  remindersOffRoutes(at);
  noMoreInvitationsRoutes(at);
  questions(at);
  offers(at);
  peopleRoutes(at);
  peopleImportRoutes(at);
  calendarRoutes(at);
  calendarReplyRoutes(at);
  putAsideRoutes(at);
  componentRoutes(at);
  trendsAndTeams(at);
}

function evening(at: Pages): void {
  runOfShowRoutes(at);
  tableRoutes(at);
  noteRoutes(at);
  liveRoutes(at);
}

function trendsAndTeams(at: Pages): void {
  trendsRoutes(at);
  organiseTrendsRoutes(at);
  trendRoutes(at);
  teams(at);
  teamQuestionRoutes(at);
  trendsImportRoutes(at);
}

function teams(at: Pages): void {
  teamsRoutes(at);
  teamLifeRoutes(at);
  researchRoutes(at);
  sourceRoutes(at);
  rankingRoutes(at);
  recordRoutes(at);
  datesRoutes(at);
  guestDatesRoutes(at);
  assignmentRoutes(at);
}

function mailboxAndFormats(at: Pages): void {
  formatRoutes(at);
  mailboxRoutes(at);
  messageRoutes(at);
  waitingSinceChangeRoutes(at);
}

function offers(at: Pages): void {
  joinInRoutes(at);
  ownOfferRoutes(at);
  offerListRoutes(at);
}

function settings(at: Pages): void {
  programmeRoutes(at);
  nextSeasonRoutes(at);
  materialFileRoutes(at);
  groundRulesRoutes(at);
  linksAndKeysRoutes(at);
  withoutANameRoutes(at);
}

function questions(at: Pages): void {
  questionRoutes(at);
  ownQuestionRoutes(at);
  roomRoutes(at);
  questionDeskRoutes(at);
  questionRulesRoutes(at);
  questionListRoutes(at);
  questionHarvestRoutes(at);
  namelessRoutes(at);
  myQuestionRoutes(at);
}

/** The page one came to, so that a press on it leads back; a page that only answers a form leads to the first one. */
const backTo = (request: FastifyRequest) => (request.method === 'GET' ? request.url : '/');

const frames = (ctx: Context) => ({ frame: frame.bind(null, ctx), seasonOf: noticeAt.bind(null, ctx) });

/** A page that does not say the organisation's name itself has it from the session, or asks for it. */
async function frame(ctx: Context, request: FastifyRequest, given: Partial<Frame>) {
  const organisation =
    given.organisation ??
    request.person?.organisation ??
    (await programmes.current(ctx.db))?.organisation ??
    'Flipside';
  const forOrganisers = request.person?.isOrganiser === true;
  const proxy = forOrganisers ? undeclaredProxy(request) : undefined;
  const unencrypted = forOrganisers && isUnencrypted(ctx.baseUrl);
  const help = given.help ?? request.person?.help ?? [];
  const open = request.person?.openRules;
  const rules = open && rulesInWords(wordsFor(request), open.own);
  const accept =
    given.accept ?? (rules ? { rules, action: '/rules/acceptance', back: backTo(request) } : null);
  return {
    organisation: String(organisation),
    help,
    accept,
    season: given.season ?? null,
    demo: ctx.demo,
    proxy,
    unencrypted,
  };
}
