CREATE TABLE "plan_prints" (
	"event_id" integer NOT NULL,
	"sheet" text NOT NULL,
	"printed_at" timestamp(3) with time zone NOT NULL,
	"printed" jsonb NOT NULL,
	CONSTRAINT "plan_prints_event_id_sheet_pk" PRIMARY KEY("event_id","sheet")
);
--> statement-breakpoint
ALTER TABLE "plan_prints" ADD CONSTRAINT "plan_prints_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;