ALTER TABLE "team_meeting_entries" ADD COLUMN "time_sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "team_meeting_entries" ADD COLUMN "said" text;--> statement-breakpoint
ALTER TABLE "team_meeting_entries" ADD COLUMN "said_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "team_meeting_entries" ADD COLUMN "said_sequence" integer;--> statement-breakpoint
ALTER TABLE "team_meeting_entries" ADD COLUMN "said_stamp" timestamp(3) with time zone;--> statement-breakpoint
CREATE INDEX "team_meeting_entries_uid_idx" ON "team_meeting_entries" USING btree ("uid");