CREATE TABLE "harvests" (
	"event_id" integer PRIMARY KEY NOT NULL,
	"table_order" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"closed_on" date
);
--> statement-breakpoint
CREATE TABLE "own_sentences" (
	"event_id" integer NOT NULL,
	"person_id" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "own_sentences_event_id_person_id_pk" PRIMARY KEY("event_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "table_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" integer NOT NULL,
	"table_number" smallint NOT NULL,
	"round" smallint NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"position" smallint NOT NULL,
	"is_said" boolean DEFAULT false NOT NULL,
	"day" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "question_work" ADD COLUMN "talked_in_round" smallint;--> statement-breakpoint
ALTER TABLE "harvests" ADD CONSTRAINT "harvests_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_sentences" ADD CONSTRAINT "own_sentences_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_sentences" ADD CONSTRAINT "own_sentences_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_notes" ADD CONSTRAINT "table_notes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "own_sentences_person_idx" ON "own_sentences" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "table_notes_event_idx" ON "table_notes" USING btree ("event_id","table_number","position");--> statement-breakpoint
-- Phones of hosts and the projector follow the notes and the turns of the harvest.
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE OR DELETE ON table_notes FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE OR DELETE ON harvests FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
