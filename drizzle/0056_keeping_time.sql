CREATE TABLE "run_changes" (
	"event_id" integer PRIMARY KEY NOT NULL,
	"person_id" integer,
	"changed_at" timestamp(3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"about" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"before" jsonb NOT NULL,
	"after" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "table_links" (
	"event_id" integer NOT NULL,
	"number" smallint NOT NULL,
	"url" text NOT NULL,
	CONSTRAINT "table_links_event_id_number_pk" PRIMARY KEY("event_id","number")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "announced_minutes" integer;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "time_zone" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "run_changes" ADD CONSTRAINT "run_changes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_changes" ADD CONSTRAINT "run_changes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_links" ADD CONSTRAINT "table_links_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_changes_person_idx" ON "run_changes" USING btree ("person_id");--> statement-breakpoint
-- Guests know the length that their events have now.
UPDATE "events" SET "announced_minutes" = (SELECT coalesce(sum(b.minutes), 0) FROM "blocks" b WHERE b.event_id = "events".id)
  WHERE "state" <> 'draft';
