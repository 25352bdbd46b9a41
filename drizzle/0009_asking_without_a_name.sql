CREATE TABLE "ballot_votes" (
	"event_id" integer NOT NULL,
	"ballot" "bytea" NOT NULL,
	"question_id" integer,
	"nameless_id" "bytea",
	CONSTRAINT "ballot_votes_named_key" UNIQUE("ballot","question_id"),
	CONSTRAINT "ballot_votes_nameless_key" UNIQUE("ballot","nameless_id"),
	CONSTRAINT "ballot_votes_one" CHECK (num_nonnulls("ballot_votes"."question_id", "ballot_votes"."nameless_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "nameless_intake" (
	"id" "bytea" PRIMARY KEY NOT NULL,
	"event_id" integer NOT NULL,
	"topic_id" integer,
	"text" text NOT NULL,
	"edit_hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nameless_questions" (
	"id" "bytea" PRIMARY KEY NOT NULL,
	"event_id" integer NOT NULL,
	"topic_id" integer,
	"text" text NOT NULL,
	"edit_hash" "bytea" NOT NULL,
	"state" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"reworded" boolean DEFAULT false NOT NULL,
	"merged_into" text DEFAULT '' NOT NULL,
	"ballots_kept" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slip_keys" (
	"event_id" integer NOT NULL,
	"purpose" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"private_key" "bytea",
	CONSTRAINT "slip_keys_event_id_purpose_pk" PRIMARY KEY("event_id","purpose")
);
--> statement-breakpoint
CREATE TABLE "slips_issued" (
	"event_id" integer NOT NULL,
	"purpose" text NOT NULL,
	"person_id" integer NOT NULL,
	"batch" smallint NOT NULL,
	CONSTRAINT "slips_issued_event_id_purpose_person_id_batch_pk" PRIMARY KEY("event_id","purpose","person_id","batch")
);
--> statement-breakpoint
CREATE TABLE "slips_spent" (
	"event_id" integer NOT NULL,
	"purpose" text NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "slips_spent_event_id_purpose_hash_pk" PRIMARY KEY("event_id","purpose","hash")
);
--> statement-breakpoint
CREATE TABLE "votes_on_nameless" (
	"event_id" integer NOT NULL,
	"question_id" "bytea" NOT NULL,
	"person_id" integer NOT NULL,
	CONSTRAINT "votes_on_nameless_question_id_person_id_pk" PRIMARY KEY("question_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "nameless_asking" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "reworded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "merged_into" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "ballots_kept" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ballot_votes" ADD CONSTRAINT "ballot_votes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_votes" ADD CONSTRAINT "ballot_votes_question_id_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."questions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_votes" ADD CONSTRAINT "ballot_votes_nameless_id_nameless_questions_id_fk" FOREIGN KEY ("nameless_id") REFERENCES "public"."nameless_questions"("id") ON DELETE no action ON UPDATE no action DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE "nameless_intake" ADD CONSTRAINT "nameless_intake_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nameless_intake" ADD CONSTRAINT "nameless_intake_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nameless_questions" ADD CONSTRAINT "nameless_questions_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nameless_questions" ADD CONSTRAINT "nameless_questions_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slip_keys" ADD CONSTRAINT "slip_keys_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slips_issued" ADD CONSTRAINT "slips_issued_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slips_issued" ADD CONSTRAINT "slips_issued_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slips_spent" ADD CONSTRAINT "slips_spent_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes_on_nameless" ADD CONSTRAINT "votes_on_nameless_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes_on_nameless" ADD CONSTRAINT "votes_on_nameless_question_id_nameless_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."nameless_questions"("id") ON DELETE no action ON UPDATE no action DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE "votes_on_nameless" ADD CONSTRAINT "votes_on_nameless_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ballot_votes_event_idx" ON "ballot_votes" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "ballot_votes_question_idx" ON "ballot_votes" USING btree ("question_id");--> statement-breakpoint
CREATE INDEX "ballot_votes_nameless_idx" ON "ballot_votes" USING btree ("nameless_id");--> statement-breakpoint
CREATE UNIQUE INDEX "nameless_intake_edit_key" ON "nameless_intake" USING btree ("edit_hash");--> statement-breakpoint
CREATE INDEX "nameless_intake_event_idx" ON "nameless_intake" USING btree ("event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "nameless_questions_edit_key" ON "nameless_questions" USING btree ("edit_hash");--> statement-breakpoint
CREATE INDEX "nameless_questions_event_idx" ON "nameless_questions" USING btree ("event_id","state");--> statement-breakpoint
CREATE INDEX "slips_issued_person_idx" ON "slips_issued" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "votes_on_nameless_event_idx" ON "votes_on_nameless" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "votes_on_nameless_person_idx" ON "votes_on_nameless" USING btree ("person_id");
--> statement-breakpoint
-- Rows without a name are written anew many at a time, so these look once at all that a statement changed.
CREATE FUNCTION nameless_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(event_id) FROM (SELECT DISTINCT event_id FROM changed) c;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Whether enough people hold slips for asking without a name shows on the page; beyond that their number does not matter.
CREATE FUNCTION slips_issued_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(event_id) FROM (SELECT DISTINCT event_id FROM changed WHERE purpose = 'ask') c
    WHERE (SELECT count(DISTINCT person_id) FROM slips_issued s WHERE s.event_id = c.event_id AND s.purpose = 'ask') <= 5;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER event_revision_insert AFTER INSERT ON nameless_questions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION nameless_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_update AFTER UPDATE ON nameless_questions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION nameless_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_delete AFTER DELETE ON nameless_questions REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION nameless_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_insert AFTER INSERT ON ballot_votes REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION nameless_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_delete AFTER DELETE ON ballot_votes REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION nameless_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_insert AFTER INSERT ON votes_on_nameless REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION nameless_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_delete AFTER DELETE ON votes_on_nameless REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION nameless_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_insert AFTER INSERT ON slips_issued REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION slips_issued_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_delete AFTER DELETE ON slips_issued REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION slips_issued_changed();