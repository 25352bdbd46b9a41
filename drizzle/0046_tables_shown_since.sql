ALTER TABLE "events" ADD COLUMN "nameless_out_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "topics" ADD COLUMN "shown_at" timestamp(3) with time zone;