ALTER TABLE "rsvps" ADD COLUMN "offered_at" timestamp(3) with time zone;--> statement-breakpoint
CREATE INDEX "rsvps_waiting_idx" ON "rsvps" USING btree ("event_id") WHERE state = 'waiting';