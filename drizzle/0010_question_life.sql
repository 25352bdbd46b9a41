CREATE TABLE "question_work" (
	"event_id" integer NOT NULL,
	"question" text NOT NULL,
	"read" boolean DEFAULT false NOT NULL,
	"taken_by_id" integer,
	"answer" text DEFAULT '' NOT NULL,
	"due_on" date,
	CONSTRAINT "question_work_event_id_question_pk" PRIMARY KEY("event_id","question")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "question_rules" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "question_work" ADD CONSTRAINT "question_work_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_work" ADD CONSTRAINT "question_work_taken_by_id_people_id_fk" FOREIGN KEY ("taken_by_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "question_work_person_idx" ON "question_work" USING btree ("taken_by_id");
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE OR DELETE ON question_work FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
--> statement-breakpoint
-- Trusted since PostgreSQL 13: whoever may create things in this database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
