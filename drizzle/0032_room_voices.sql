CREATE TABLE "room_keys" (
	"event_id" integer PRIMARY KEY NOT NULL,
	"key" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_votes" (
	"event_id" integer NOT NULL,
	"question" text NOT NULL,
	"voice" "bytea" NOT NULL,
	CONSTRAINT "room_votes_event_id_question_voice_pk" PRIMARY KEY("event_id","question","voice")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "room_asking" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "from_room" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "room_keys" ADD CONSTRAINT "room_keys_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_votes" ADD CONSTRAINT "room_votes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE OR DELETE ON room_votes FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
